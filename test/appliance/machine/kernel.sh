# What a virtual machine starts with: Debian's kernel, and an initrd that finds the disk. To be sourced by what makes its disk,
# with these set: `here`, this folder; `cache`, the folder where all of it goes; `arch`, Debian's name for the machine's processor;
# `busybox`, a static one for that. The last two of these functions need `version` too, that of the kernel.

# Fetches a package for that processor and unpacks it into a folder of the cache. Nothing of it is run.
unpack() {
  (cd "$cache" && apt-get download "$1:$arch" >/dev/null && dpkg-deb -x "$1"_*.deb "$2" && rm -f "$1"_*.deb)
}

fetch_kernel() {
  local package
  package=$(apt-cache depends "linux-image-$arch:$arch" | awk '/Depends: linux-image/ { print $2; exit }')
  unpack "${package%:*}" kernel
  depmod -b "$cache/kernel" "$(ls "$cache/kernel/lib/modules")"
}

# The files of these modules and of all they need, in the order in which they have to be loaded.
module_files() {
  local module
  for module in "$@"; do
    modprobe -d "$cache/kernel" -S "$version" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'
  done | awk '!seen[$0]++'
}

# All that the initrd has to do is to find the disk.
pack_initrd() {
  local root file n=0
  root=$(mktemp -d)
  mkdir -p "$root"/{bin,modules,proc,sys,dev,root}
  cp "$busybox" "$root/bin/busybox"
  cp "$here/init" "$root/init"
  chmod +x "$root/init"
  module_files virtio_pci virtio_blk ext4 crc32c_generic | while read -r file; do
    n=$((n + 1))
    cp "$file" "$root/modules/$(printf '%02d' "$n")-$(basename "$file")"
  done
  (cd "$root" && find . | cpio --quiet -o -H newc | gzip -1) >"$cache/initrd"
  rm -rf "$root"
}
