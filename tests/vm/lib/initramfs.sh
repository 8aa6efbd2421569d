# shellcheck shell=bash
# The first root of the guest: BusyBox, the modules that reach the host's root, and guest/init.

readonly initramfs_modules=(virtio_pci virtio_rng virtio_console 9pnet_virtio 9p overlay)

# Prints the module files to insert, each after those that it depends on and each once.
module_files() {
    local folder=$1 release=$2
    modprobe -a -d "$folder" -S "$release" --show-depends "${initramfs_modules[@]}" |
        sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++'
}

build_initramfs() {
    local folder=$1 release=$2 output=$3 guest_folder=$4 root=$3.d file name
    mkdir -p "$root"/{bin,dev,proc,sys,host,job,rw,keep,newroot,modules}
    cp "$(command -v busybox)" "$root/bin/busybox"
    cp "$guest_folder/init" "$root/init"
    chmod 755 "$root/init"
    while read -r file; do
        name=$(basename "$file")
        if [[ $name == *.xz ]]; then
            name=${name%.xz}
            xz -dc "$file" >"$root/modules/$name"
        else
            cp "$file" "$root/modules/$name"
        fi
        echo "$name" >>"$root/modules/order"
    done < <(module_files "$folder" "$release")
    [[ -s $root/modules/order ]] || die "found none of the modules ${initramfs_modules[*]} in $folder"
    (cd "$root" && find . | cpio --quiet -o -H newc) >"$output"
    rm -rf "$root"
}
