#!/usr/bin/env bash
# Makes a folder with a Debian userland for riscv64, the ground on which real programs are tried: packages are fetched by apt with folders of its own and
# unpacked with dpkg-deb; nothing is installed on this machine. A root that is there already is kept.
#   make-root.sh [small|full]    prints the root's path on its last line
# small: dash, bash, coreutils and what they need. full: interpreters, compilers, servers besides (about 1.5 GB).
# EMU_ROOT_CACHE names the folder to make roots in (default ~/.cache/emu-root); EMU_ROOT_SUITES the suites to try, in order (default "forky sid").
set -euo pipefail
kind=${1:-small}
cache=${EMU_ROOT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/emu-root}
small=(dash bash coreutils grep sed gawk findutils tar gzip bzip2 xz-utils zstd diffutils file libc-bin util-linux hostname)
full=(python3 perl ruby lua5.4 nodejs sqlite3 openssl git make gcc g++ stress-ng redis-server nginx postgresql procps strace bc jq less
      libpython3-stdlib python3-venv libc6-dev libpython3.14-testsuite openjdk-21-jre-headless fzf ripgrep restic)
case $kind in
    small) packages=("${small[@]}") ;;
    full) packages=("${small[@]}" "${full[@]}") ;;
    *) echo "usage: make-root.sh [small|full]" >&2; exit 2 ;;
esac
root=$cache/$kind
say() { echo "make-root: $*" >&2; }
if [[ -f $root/.suite ]]; then
    say "$root is there, from $(cat "$root/.suite")"
    echo "$root"
    exit 0
fi
for tool in apt-get dpkg-deb; do command -v "$tool" >/dev/null || { say "$tool is missing: this needs Debian's tools"; exit 1; }; done
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1)
[[ -n $mirror ]] || { say "apt knows no Debian mirror: add one to its sources"; exit 1; }

mkdir -p "$cache"
work=$(mktemp -d "$cache/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists/partial,cache/archives/partial,root}
touch "$work/status"

fetch() { # suite
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $1 main" >"$work/sources.list"
    local options=(-q -y -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$work/lists"
        -o "Dir::State::status=$work/status" -o "Dir::Cache=$work/cache" -o Dir::Etc::main=- -o Dir::Etc::parts=- -o APT::Architecture=riscv64
        -o APT::Architectures=riscv64 -o Acquire::Languages=none -o APT::Install-Recommends=false -o "APT::Sandbox::User=$(id -un)" -o Debug::NoLocking=1)
    timeout 300 apt-get "${options[@]}" update >&2 && timeout 1800 apt-get "${options[@]}" --download-only install "${packages[@]}" >&2
}
served=
for suite in ${EMU_ROOT_SUITES:-forky sid}; do
    if fetch "$suite"; then
        served=$suite
        break
    fi
    say "suite $suite of $mirror does not serve riscv64 now"
    rm -rf "$work"/lists/* "$work"/cache/archives/*.deb
    mkdir -p "$work"/lists/partial
done
[[ -n $served ]] || { say "no suite served"; exit 1; }

for package in "$work"/cache/archives/*.deb; do dpkg-deb -x "$package" "$work/root"; done
# What the packages' own scripts would have made.
[[ -e $work/root/bin ]] || ln -s usr/bin "$work/root/bin"
[[ -e $work/root/usr/bin/sh ]] || ln -s dash "$work/root/usr/bin/sh"
for name in awk:gawk nawk:gawk pager:less editor:ed; do
    [[ -e $work/root/usr/bin/${name%%:*} || ! -e $work/root/usr/bin/${name##*:} ]] || ln -s "${name##*:}" "$work/root/usr/bin/${name%%:*}"
done
count=$(ls "$work"/cache/archives/*.deb | wc -l)
echo "$served" >"$work/root/.suite"
rm -rf "$root"
mv "$work/root" "$root"
say "$root: $count packages from $served of $mirror"
echo "$root"
