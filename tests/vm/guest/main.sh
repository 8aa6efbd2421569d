#!/bin/bash
# First process of the guest after init: what a distribution's start would provide, then the command, then the end.
# It leaves the command's exit code in exit-code; the host takes a missing one for a crash.
set -uo pipefail
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# Prints the device of a named virtio port (udev would make the link).
port() {
    local folder
    for folder in /sys/class/virtio-ports/*; do
        [[ $(<"$folder/name") != "$1" ]] || echo "/dev/$(basename "$folder")"
    done
}

mkdir -p /dev/pts /dev/shm /dev/net
mount -t devpts -o mode=620,ptmxmode=666 devpts /dev/pts
mount -t tmpfs -o mode=1777 shm /dev/shm
ln -s /proc/self/fd /dev/fd
ln -s /proc/self/fd/0 /dev/stdin
ln -s /proc/self/fd/1 /dev/stdout
ln -s /proc/self/fd/2 /dev/stderr
# Opening it loads tun.
[[ -e /dev/net/tun ]] || mknod -m 666 /dev/net/tun c 10 200
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -t bpf bpf /sys/fs/bpf
mkdir -p /run/netns /run/lock
busybox hostname vffnetlink-vm
busybox ip link set lo up

# From here on the kernel's log holds what the command caused.
dmesg --clear
setsid /bin/bash /run/vm/command </dev/null >"$(port output)" 2>"$(port errors)" &
wait $!
code=$?

dmesg --decode >/run/vm/results/kernel.log
echo "$code" >/run/vm/exit-code
sync
busybox poweroff -f
