#!/usr/bin/env bash
# make-deb.sh EMU DIR
# Makes a Debian package of a published file EMU in the folder DIR and prints its name. In it are the file, a manual page made of its help, completions for bash and zsh, and its registration as
# what runs programs for RISC-V 64. It needs nothing of the host but a kernel, as the file is static.
set -euo pipefail

if (($# != 2)); then
    echo "usage: make-deb.sh EMU DIR" >&2
    exit 2
fi
need() {
    command -v "$1" >/dev/null && return
    echo "make-deb.sh: there is no $1; as root: apt-get install $1" >&2
    exit 1
}
need help2man
need dpkg-deb
emu=$(realpath "$1") out=$(realpath "$2") here=$(cd "$(dirname "$0")" && pwd)
version=$("$emu" --version)
version=${version%%$'\n'*} version=${version%%+*}
maintainer=${DEBFULLNAME:-The Emu authors} mail=${DEBEMAIL:-emu@emu.invalid}
date=$(date -R -u -d "@${SOURCE_DATE_EPOCH:-$(stat -c %Y "$emu")}")

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
umask 022
chmod 755 "$root"
put() { install -D -m "$1" /dev/stdin "$root/$2"; }

put 755 usr/bin/emu <"$emu"
(cd "$root/usr/bin" && help2man --no-info --version-string="$version" --name='run RISC-V 64 Linux programs and let plugins watch them' ./emu) |
    gzip -9n | put 644 usr/share/man/man1/emu.1.gz
put 644 usr/share/bash-completion/completions/emu <"$here/completion.bash"
put 644 usr/share/zsh/vendor-completions/_emu <"$here/completion.zsh"
put 644 usr/lib/binfmt.d/emu-riscv64.conf <"$here/emu-riscv64.conf"
put 644 usr/share/doc/emu/copyright <"$here/copyright"
put 644 usr/share/lintian/overrides/emu <"$here/lintian-overrides"
gzip -9n <<CHANGES | put 644 usr/share/doc/emu/changelog.gz
emu ($version) unstable; urgency=medium

  * What has changed is told by the repository.

 -- $maintainer <$mail>  $date
CHANGES
put 755 DEBIAN/postinst <"$here/postinst"
put 755 DEBIAN/prerm <"$here/prerm"
put 644 DEBIAN/control <<CONTROL
Package: emu
Version: $version
Architecture: amd64
Maintainer: $maintainer <$mail>
Section: devel
Priority: optional
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Description: emulator of RISC-V 64 Linux programs with plugins linked in
 Emu runs programs for RISC-V 64 and lets plugins watch every block,
 instruction, memory access and system call of them, exactly and fast. The
 plugins are a part of its one static file.
CONTROL
(cd "$root" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k2) | put 644 DEBIAN/md5sums
deb=$out/emu_${version}_amd64.deb
SOURCE_DATE_EPOCH=$(date -d "$date" +%s) dpkg-deb --root-owner-group --build "$root" "$deb" >/dev/null
echo "$deb"
