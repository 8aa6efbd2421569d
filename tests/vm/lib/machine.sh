# shellcheck shell=bash
# One start of the virtual machine, from its command to its exit code.

qemu_pid=

stop_machine() {
    [[ -n $qemu_pid ]] || return 0
    kill "$qemu_pid" 2>/dev/null || true
    wait "$qemu_pid" 2>/dev/null || true
    qemu_pid=
    # Nothing holds the pipes open any more: their readers end.
    exec 7>&- 8>&-
    wait
}

show_console() {
    note "the last lines of the guest's console:"
    tail -n 40 "$1" | sed 's/\r$//; s/^/  | /' >&2
}

# Runs JOB/command in the guest of FOLDER and RELEASE with its output on ours. Sets guest_code to the command's exit code, and machine_failure
# to what went wrong with the machine itself (empty when it ended orderly).
run_machine() {
    local folder=$1 release=$2 job=$3 work=$4 timeout=$5 console=$4/console.log qemu_code=0 output_pid errors_pid cpu
    mkdir -p "$job/results"
    rm -f "$work/output" "$work/errors" "$console" "$job/exit-code"
    mkfifo "$work/output" "$work/errors"
    touch "$console"
    tee "$work/output.log" <"$work/output" &
    output_pid=$!
    cat "$work/errors" >&2 &
    errors_pid=$!
    # Held open until the machine is gone, so that the readers see the end even when it never opens them.
    exec 7>"$work/output" 8>"$work/errors"

    # Page tables of five levels cost the emulation more than anyone here gains from them.
    cpu=max,la57=off
    [[ ${VM_ACCEL:-tcg} == tcg* ]] || cpu=host

    # setpriv: should this script be killed outright, the machine goes with it.
    setpriv --pdeathsig TERM timeout --kill-after 10 "$timeout" setpriv --pdeathsig KILL qemu-system-x86_64 \
        -nodefaults -no-user-config -display none -no-reboot -nic none \
        -M q35 -accel "${VM_ACCEL:-tcg,thread=multi}" -cpu "$cpu" -smp 2 -m "${VM_MEMORY:-3G}" \
        -kernel "$folder/boot/vmlinuz-$release" -initrd "$work/initramfs" \
        -append 'console=ttyS0 quiet panic=-1 oops=panic mitigations=off nowatchdog tsc=reliable' \
        -chardev file,id=console,path="$console" -serial chardev:console \
        -object rng-random,id=entropy,filename=/dev/urandom -device virtio-rng-pci,rng=entropy \
        -device virtio-serial-pci \
        -chardev file,id=output,path="$work/output" -device virtserialport,chardev=output,name=output \
        -chardev file,id=errors,path="$work/errors" -device virtserialport,chardev=errors,name=errors \
        -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap \
        -virtfs local,path="${job//,/,,}",mount_tag=job,security_model=none,multidevs=remap \
        </dev/null >"$work/qemu.log" 2>&1 7>&- 8>&- &
    qemu_pid=$!
    wait "$qemu_pid" || qemu_code=$?
    qemu_pid=
    exec 7>&- 8>&-
    wait "$output_pid" "$errors_pid"

    guest_code=
    machine_failure=
    [[ ! -s $job/exit-code ]] || guest_code=$(<"$job/exit-code")
    if [[ $qemu_code -eq 124 || $qemu_code -eq 137 ]]; then
        machine_failure="the guest did not end within $timeout s (VM_TIMEOUT)"
    elif [[ $qemu_code -ne 0 ]]; then
        machine_failure="qemu ended with code $qemu_code: $(tail -n 3 "$work/qemu.log")"
    elif grep -q 'Kernel panic' "$console" 2>/dev/null; then
        machine_failure='the guest kernel panicked'
    elif [[ -z $guest_code ]]; then
        machine_failure='the guest ended without an exit code'
    fi
    [[ -z $machine_failure ]] || show_console "$console"
}
