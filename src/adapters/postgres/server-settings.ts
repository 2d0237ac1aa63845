/** Where the server listens: a socket in a folder, or a loopback port where there are none (Windows). */
export type Listening =
  | { readonly kind: "socket"; readonly folder: string }
  | { readonly kind: "loopback"; readonly port: number };

/**
 * PostgreSQL's settings, written anew before each start, so that a new version of Wavegate brings its own.
 * Small memory, full durability, no network, no statements in the log (they may hold the user's text).
 */
export function serverSettings(listening: Listening): string {
  const settings: Readonly<Record<string, string | number>> = {
    ...(listening.kind === "socket"
      ? {
          listen_addresses: "",
          port: 5432,
          unix_socket_directories: listening.folder,
          unix_socket_permissions: "0700",
        }
      : { listen_addresses: "127.0.0.1", port: listening.port }),
    max_connections: 200,
    shared_buffers: "64MB",
    // No parallel queries: they need /dev/shm, which containers keep at 64 MB.
    max_parallel_workers_per_gather: 0,
    jit: "off",
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    wal_level: "minimal",
    max_wal_senders: 0,
    max_wal_size: "256MB",
    password_encryption: "scram-sha-256",
    idle_in_transaction_session_timeout: "10s",
    timezone: "UTC",
    log_timezone: "UTC",
    logging_collector: "on",
    log_directory: "log",
    log_filename: "server-%a.log",
    log_rotation_age: "1d",
    log_rotation_size: 0,
    log_truncate_on_rotation: "on",
    log_file_mode: "0600",
    log_min_messages: "warning",
    log_min_error_statement: "panic",
    log_checkpoints: "off",
  };
  return [
    "# Written by wavegate before each start: changes here are lost.",
    // What initdb found out about this machine.
    "include = 'data/postgresql.conf'",
    ...Object.entries(settings).map(([name, value]) => `${name} = '${value}'`),
    "",
  ].join("\n");
}
