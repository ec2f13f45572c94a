/** For phrases that the libraries put together: a verb and the word of the thing. */
export const verbs = { create: '添加', remove: '删除' } as const;
