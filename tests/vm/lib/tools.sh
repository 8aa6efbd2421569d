# shellcheck shell=bash
# The host programs that the runner needs, installed with apt when they are missing.

# Each tool with the Debian package that brings it.
declare -rA tool_packages=(
    [qemu-system-x86_64]=qemu-system-x86
    [busybox]=busybox-static
    [cpio]=cpio
    [modprobe]=kmod
    [depmod]=kmod
    [xz]=xz-utils
    [jq]=jq
)

# Says why the run cannot go on and ends it; 2 sets it apart from failed tests.
die() {
    printf 'run.sh: %s\n' "$*" >&2
    exit 2
}

note() {
    printf 'run.sh: %s\n' "$*" >&2
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -n "$@"
    else
        die "needs root (or sudo) for: $*"
    fi
}

update_package_lists() {
    note 'updating the package lists'
    as_root apt-get update -qq >&2 || die 'apt-get update failed'
}

# BusyBox goes alone into the initramfs, so a dynamically linked one does not count.
has_tool() {
    command -v "$1" >/dev/null || return 1
    [[ $1 != busybox ]] || ! ldd "$(command -v busybox)" >/dev/null 2>&1
}

install_packages() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$@"
}

install_tools() {
    local tool missing=()
    for tool in "${!tool_packages[@]}"; do
        has_tool "$tool" || missing+=("${tool_packages[$tool]}")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0

    mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
    note "installing ${missing[*]}"
    # Without package lists, or with old ones, the first attempt finds nothing; the second says what is wrong.
    install_packages "${missing[@]}" >/dev/null 2>&1 && return 0
    update_package_lists
    install_packages "${missing[@]}" >/dev/null || die "could not install ${missing[*]}"
}
