// Types of node-version.mjs, which itself stays plain JavaScript.

export declare function isSupportedNode(version: string): boolean
export declare function nodeTooOldMessage(version: string): string
