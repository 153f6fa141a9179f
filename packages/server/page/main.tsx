// The page of a job.

import { render } from 'preact'
import { Gate } from './shell/gate.tsx'

render(<Gate />, document.getElementById('page') as HTMLElement)
