// The page of a job.

import { render } from 'preact'
import { Shell } from './shell/shell.tsx'

render(<Shell />, document.getElementById('page') as HTMLElement)
