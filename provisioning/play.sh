#!/bin/sh
# Makes the machines of display.yml displays. It can be run again at any time: what is so already is left alone.
#
#   ./play.sh             all of them; the last lines must say unreachable=0 and failed=0
#   ./play.sh --check     says what would change, and changes nothing
#
# All flags of ansible-playbook can follow.
set -eu
cd "$(dirname "$0")"

die() {
  echo "packdial: $*" >&2
  exit 2
}
command -v ansible-playbook >/dev/null || die 'this needs Ansible: sudo apt-get install ansible-core'
[ -f display.yml ] || die 'there is no display.yml: copy display.example.yml, and write your display into it'
# Where something is encrypted and no password file is named, it is asked for.
if grep -qs 'ANSIBLE_VAULT' display.yml && [ -z "${ANSIBLE_VAULT_PASSWORD_FILE:-}" ]; then
  case " $* " in *vault*) ;; *) set -- --ask-vault-pass "$@" ;; esac
fi
exec ansible-playbook play.yml "$@"
