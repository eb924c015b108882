/** The environment of a thread that asks a database: what is meant for PostgreSQL's own programs, such as PGUSER, is not meant for it. */
export function threadEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
}
