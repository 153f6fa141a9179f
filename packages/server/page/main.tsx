// The page's entry: mounts it.

import { render } from 'preact'

render(<p>Millrace</p>, document.getElementById('page') as HTMLElement)
