#!/bin/bash
# The MySQL image runs this once, when its volume is new. It creates the database and its two accounts from deploy/sql;
# they may connect only with TLS.
set -euo pipefail
sql="${SQL_FOLDER:-/sql}"
for account in writer reader; do
  name="${account^^}_PASSWORD"
  [[ "${!name}" =~ ^[A-Za-z0-9_-]{12,}$ ]] || { echo "$name: use 12 or more letters, digits, _ or -" >&2; exit 1; }
  { sed -E "s/CHANGE-THIS-[12]/${!name}/" "$sql/$account.sql"; echo "ALTER USER 'bingefriend_$account'@'%' REQUIRE SSL;"; } |
    MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mysql --protocol=socket --user=root
done
