# shellcheck shell=bash
# Debian's stock kernels: looked up, downloaded and unpacked into the cache, never installed.

# The meta package whose dependency is the current image of a series. The -cloud- images have no 9p and do not do.
meta_package() {
    case $1 in
        6.1) echo linux-image-amd64 ;;
        6.12) echo linux-image-6.12-amd64 ;;
        *) die "no such kernel: $1 (6.1 and 6.12 are known)" ;;
    esac
}

# Prints the image package that the meta package depends on, or nothing when apt does not know one of this series.
image_package() {
    local series=$1
    apt-cache depends "$(meta_package "$series")" 2>/dev/null |
        sed -n "s/^ *Depends: \(linux-image-${series//./\\.}\.[^ ]*-amd64\)\$/\1/p" | head -n 1
}

image_version() {
    apt-cache show --no-all-versions "$1" | sed -n 's/^Version: //p'
}

# Unpacks an image package so that FOLDER appears only when it is whole.
unpack_image() {
    local package=$1 folder=$2 release
    rm -rf "$folder.part"
    mkdir -p "$folder.part"
    dpkg-deb -x "$package" "$folder.part"
    # A merged /usr in the package would not be found by depmod -b below.
    [[ -d $folder.part/lib/modules ]] || ln -s usr/lib "$folder.part/lib"
    release=$(basename "$folder.part"/lib/modules/*)
    depmod -b "$folder.part" "$release"
    mv "$folder.part" "$folder"
}

download_image() {
    local image=$1 folder=$2
    mkdir -p "$folder"
    # apt's own sandbox user can write to hardly any cache folder.
    (cd "$folder" && apt-get download -qq -o APT::Sandbox::User=root "$image" >&2)
}

# Sets kernel_folder and kernel_release for a series (6.1, 6.12), filling the cache when needed.
prepare_kernel() {
    local series=$1 cache=$2 image version download
    mkdir -p "$cache"
    # One run at a time fills the cache; the others then find it full.
    exec 9>"$cache/.lock"
    flock 9

    if [[ -n ${VM_KERNEL_DEB:-} ]]; then
        kernel_folder=$cache/$(basename "$VM_KERNEL_DEB" .deb)
        [[ -d $kernel_folder ]] || unpack_image "$VM_KERNEL_DEB" "$kernel_folder"
    else
        image=$(image_package "$series")
        if [[ -z $image ]]; then
            update_package_lists
            image=$(image_package "$series")
        fi
        [[ -n $image ]] ||
            die "apt knows no image of $series behind $(meta_package "$series"); give one as VM_KERNEL_DEB=FILE.deb"
        version=$(image_version "$image")
        kernel_folder=$cache/${image}_${version//[:~+]/-}
        if [[ ! -d $kernel_folder ]]; then
            note "downloading $image $version"
            download=$cache/.download
            rm -rf "$download"
            if ! download_image "$image" "$download"; then
                # Lists older than the mirror name files that are gone.
                update_package_lists
                download_image "$image" "$download" || die "could not download $image"
            fi
            unpack_image "$download"/*.deb "$kernel_folder"
            rm -rf "$download"
        fi
    fi
    exec 9>&-

    kernel_release=$(basename "$kernel_folder"/lib/modules/*)
    [[ $kernel_release == "$series".* ]] || die "$kernel_folder holds $kernel_release, not a $series kernel"
}
