"""Keep the record of the registry: take a snapshot, verify claims, merge two records, export one."""
