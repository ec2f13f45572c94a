#!/usr/bin/env bash
# A MariaDB of one's own on loopback, for tests: no system service, no system data, no privileges needed.
#   scripts/mariadb.sh start [DIR]   starts it unless it runs, prints its URL (export MARIADB_URL=…)
#   scripts/mariadb.sh stop [DIR]    stops it and keeps the data
# DIR: where its data live (default: a folder of this user under the temporary folder).
set -euo pipefail
PATH=$PATH:/usr/sbin:/usr/local/sbin

command=${1:-}
dir=${2:-${TMPDIR:-/tmp}/liandong-mariadb-$(id -u)}
user=liandong
host=127.0.0.1

say() { printf '%s\n' "$*" >&2; }
pid_of() { cat "$dir/mariadb.pid" 2>/dev/null || true; }
# The process id may have been given to another program since.
runs() {
  local pid
  pid=$(pid_of)
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = mariadbd ]
}
answers() { MYSQL_PWD=$(cat "$dir/password") mariadb-admin ping -s -h "$host" -P "$(cat "$dir/port")" -u "$user" >/dev/null 2>&1; }
url() { echo "mysql://$user:$(cat "$dir/password")@$host:$(cat "$dir/port")/"; }
free_port() { node -e "const s=require('net').createServer().listen(0,'$host',()=>{console.log(s.address().port);s.close()})"; }

prepare() {
  mkdir -p "$dir" && chmod 700 "$dir"
  if [ ! -f "$dir/password" ]; then (umask 077 && head -c 18 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$dir/password"); fi
  if [ ! -d "$dir/data/mysql" ]; then
    mariadb-install-db --user="$(id -un)" --datadir="$dir/data" --skip-test-db --auth-root-authentication-method=socket >"$dir/install.log" 2>&1 ||
      { say "mariadb-install-db failed: $dir/install.log"; exit 1; }
  fi
  (umask 077 && cat >"$dir/init.sql") <<SQL
create user if not exists '$user'@'%' identified by '$(cat "$dir/password")';
grant all privileges on *.* to '$user'@'%' with grant option;
SQL
}

launch() {
  free_port >"$dir/port"
  # Tests keep nothing, so nothing waits for the disk.
  setsid mariadbd --no-defaults --user="$(id -un)" --datadir="$dir/data" --socket="$dir/mariadb.sock" \
    --pid-file="$dir/mariadb.pid" --bind-address="$host" --port="$(cat "$dir/port")" --init-file="$dir/init.sql" \
    --skip-name-resolve --skip-log-bin --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --innodb-doublewrite=0 --innodb-buffer-pool-size=64M \
    --max-connections=400 --log-error="$dir/mariadb.log" </dev/null >/dev/null 2>&1 &
  for _ in $(seq 1 150); do
    if answers; then return 0; fi
    sleep 0.2
  done
  return 1
}

case $command in
  start)
    command -v mariadbd >/dev/null || { say 'mariadbd is not installed (apt-get install mariadb-server)'; exit 1; }
    if ! { runs && answers; }; then
      prepare
      launch || launch || { say "MariaDB does not start: $dir/mariadb.log"; exit 1; }
    fi
    url
    ;;
  stop)
    if runs; then
      pid=$(pid_of)
      kill "$pid"
      for _ in $(seq 1 100); do kill -0 "$pid" 2>/dev/null || exit 0; sleep 0.1; done
      say "MariaDB (process $pid) has not stopped within ten seconds"
      exit 1
    fi
    ;;
  *)
    say "usage: $0 start|stop [DIR]"
    exit 2
    ;;
esac
