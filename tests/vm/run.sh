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
# shellcheck source=tests/vm/lib/assemblies.sh
source "$vm_folder/lib/assemblies.sh"
# shellcheck source=tests/vm/lib/report.sh
source "$vm_folder/lib/report.sh"

usage() {
    cat <<'TEXT'
usage: run.sh 6.1|6.12 [--no-build] [--all] [FILTER]
       run.sh 6.1|6.12 --shell 'COMMAND'

  FILTER            only tests whose full name (Namespace.Class.Method) contains it; * and ? are wildcards
  --all             also tests that have nothing to do with the kernel (default: those of Category=Kernel)
  --no-build        take the Release assemblies as they are
  --shell COMMAND   run COMMAND with bash in the guest; its output and exit code become ours

exit code: 0 all is well, 1 tests failed or none ran, 2 the run could not start, 3 the machine failed (--shell: or COMMAND's own)
environment: VM_TIMEOUT seconds for the machine (1200), VM_RESULTS folder for the results, VM_CACHE folder for the kernels,
             VM_KERNEL_DEB a linux-image package to use instead of apt's, VM_ACCEL QEMU's accelerator (tcg,thread=multi),
             VM_MEMORY the machine's memory (3G); the guest has every VFFNETLINK_ variable
TEXT
}

series='' filter='' shell_command='' mode=tests category=Kernel build=yes
while [[ $# -gt 0 ]]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --no-build) build=no ;;
        --all) category= ;;
        --shell)
            [[ $# -ge 2 ]] || die '--shell needs a command'
            mode=shell shell_command=$2
            shift
            ;;
        -*) die "unknown option $1" ;;
        *)
            if [[ -z $series ]]; then
                series=$1
            elif [[ -z $filter ]]; then
                filter=$1
            else
                die "one filter at a time, so what is $1?"
            fi
            ;;
    esac
    shift
done
[[ -n $series ]] || { usage >&2; exit 2; }
[[ $mode == tests || -z $filter ]] || die "--shell takes no filter, so what is $filter?"
meta_package "$series" >/dev/null

# shellcheck disable=SC2317 # the trap below calls it
clean_up() {
    stop_machine
    rm -rf "$work"
}
# What an earlier run left must not pass for this one's.
[[ -z ${VM_RESULTS:-} ]] || rm -rf "$VM_RESULTS/vm-$series.json" "$VM_RESULTS/vm-$series"
work=$(mktemp -d "${TMPDIR:-/tmp}/vffnetlink-vm.XXXXXX")
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

job=$work/job
mkdir -p "$job/results"
cp "$vm_folder"/guest/*.sh "$job/"
install_tools
if [[ $mode == tests ]]; then
    [[ $build == no ]] || build_assemblies "$repository"
    plan_assemblies "$repository" "$job" "$filter" "$category" ||
        die "no ${category:+kernel }test${filter:+ whose name has $filter}${category:+ (--all: not only Category=$category)}"
    shell_command='exec /run/vm/run-tests.sh'
fi
prepare_kernel "$series" "${VM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vffnetlink/kernels}"
build_initramfs "$kernel_folder" "$kernel_release" "$work/initramfs" "$vm_folder/guest"

printf '%s\n' "$repository" >"$job/paths"
echo "$kernel_folder/lib/modules/$kernel_release" >"$job/modules"
{
    for name in "${!VFFNETLINK_@}"; do
        printf 'export %s=%q\n' "$name" "${!name}"
    done
    printf 'export HOME=/root VFFNETLINK_VM=%q\n' "$series"
    if dotnet=$(readlink -f "$(command -v dotnet)"); then
        dirname "$dotnet" >>"$job/paths"
        printf 'export DOTNET_ROOT=%q PATH=%q:"%s"\n' "$(dirname "$dotnet")" "$(dirname "$dotnet")" "\$PATH"
    fi
    # Under emulation the instrumented code of the profile costs more than it gains.
    printf 'export DOTNET_TieredPGO=0 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1\n'
    printf 'cd %q 2>/dev/null || cd %q\n' "$PWD" "$repository"
    printf '%s\n' "$shell_command"
} >"$job/command"

started=$SECONDS
# Under emulation a kernel now and then breaks while it patches itself at boot. Nothing of ours has run by then: it is started again.
for boot in 1 2 3; do
    run_machine "$kernel_folder" "$kernel_release" "$job" "$work" "${VM_TIMEOUT:-1200}"
    [[ $boot -lt 3 && $machine_failure == *panicked* && ! -s $work/output.log ]] || break
    note "$series: $machine_failure before anything ran; once more"
done
if [[ $mode == shell ]]; then
    [[ -z $machine_failure ]] || { note "$series: $machine_failure"; exit 3; }
    exit "$guest_code"
fi

code=0
report "$series" "$kernel_release" "$job" "$work/output.log" "$machine_failure" "$work/summary.json" $((SECONDS - started)) \
    >"$work/report" || code=1
if [[ -n ${VM_RESULTS:-} ]]; then
    mkdir -p "$VM_RESULTS/vm-$series"
    cp "$work/summary.json" "$VM_RESULTS/vm-$series.json"
    cp -r "$job/results/." "$work/console.log" "$VM_RESULTS/vm-$series/"
fi
cat "$work/report"
[[ -z $machine_failure ]] || code=3
exit "$code"
