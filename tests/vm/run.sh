#!/usr/bin/env bash
# Runs the test assemblies, or one command, under a stock Debian kernel in QEMU. See README.md beside it.
set -euo pipefail

vm_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
repository=$(cd "$vm_folder/../.." && pwd -P)
# shellcheck source=tests/vm/lib/tools.sh
source "$vm_folder/lib/tools.sh"
# shellcheck source=tests/vm/lib/kernel.sh
source "$vm_folder/lib/kernel.sh"
# shellcheck source=tests/vm/lib/initramfs.sh
source "$vm_folder/lib/initramfs.sh"
# shellcheck source=tests/vm/lib/machine.sh
source "$vm_folder/lib/machine.sh"

usage() {
    cat <<'TEXT'
usage: run.sh 6.1|6.12 --shell 'COMMAND'

  --shell COMMAND   run COMMAND with bash in the guest; its output and exit code become ours
TEXT
}

series='' shell_command='' mode=tests
while [[ $# -gt 0 ]]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --shell)
            [[ $# -ge 2 ]] || die '--shell needs a command'
            mode=shell shell_command=$2
            shift
            ;;
        -*) die "unknown option $1" ;;
        *)
            [[ -z $series ]] || die "what is $1?"
            series=$1
            ;;
    esac
    shift
done
[[ -n $series ]] || { usage >&2; exit 2; }
[[ $mode == shell ]] || { usage >&2; exit 2; }

# shellcheck disable=SC2317 # the trap below calls it
clean_up() {
    stop_machine
    rm -rf "$work"
}
work=$(mktemp -d "${TMPDIR:-/tmp}/vffnetlink-vm.XXXXXX")
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

install_tools
meta_package "$series" >/dev/null
prepare_kernel "$series" "${VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vffnetlink/kernels}"
build_initramfs "$kernel_folder" "$kernel_release" "$work/initramfs" "$vm_folder/guest"

job=$work/job
mkdir -p "$job"
cp "$vm_folder/guest/main.sh" "$job/main.sh"
dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
printf '%s\n' "$repository" "$dotnet_root" >"$job/paths"
echo "$kernel_folder/lib/modules/$kernel_release" >"$job/modules"
{
    printf 'export HOME=/root DOTNET_ROOT=%q PATH=%q:"%s"\n' "$dotnet_root" "$dotnet_root" "\$PATH"
    printf 'export DOTNET_TieredPGO=0 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1\n'
    printf 'export VFFNETLINK_VM=%q\n' "$series"
    printf 'cd %q 2>/dev/null || cd %q\n' "$PWD" "$repository"
    printf '%s\n' "$shell_command"
} >"$job/command"

run_machine "$kernel_folder" "$kernel_release" "$job" "$work" "${VM_TIMEOUT:-900}"
[[ -z $machine_failure ]] || { note "$series: $machine_failure"; exit 3; }
exit "$guest_code"
