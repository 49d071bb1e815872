#!/usr/bin/env bash
# Brings up what the tests use beyond Python, where this machine lets us; says plainly what it leaves out.
set -uo pipefail

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

install() {
    command -v apt-get >/dev/null || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return
    as_root apt-get update -qq >/dev/null 2>&1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

if ! command -v systemd-analyze >/dev/null; then
    echo "systemd-analyze is not here; trying to install it (the tests check the timer of docs/weekly.md with it)"
    install systemd
fi
command -v systemd-analyze >/dev/null ||
    echo "left out: systemd-analyze could not be installed, so the test of the timer is skipped"

if ! command -v soffice >/dev/null; then
    echo "LibreOffice is not here; trying to install it (the tests open the weekly workbook with it)"
    install libreoffice-calc-nogui fonts-noto-cjk || install libreoffice-calc fonts-noto-cjk
fi
command -v soffice >/dev/null ||
    echo "left out: LibreOffice could not be installed, so the tests that open a workbook with it are skipped"
