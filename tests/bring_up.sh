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

chromium() {
    command -v "${CHAINGRAPH_CHROMIUM:-chromium}" >/dev/null
}
if ! chromium; then
    echo "Chromium is not here; trying to install it (the tests drive the explorer in it)"
    install chromium fonts-noto-cjk
fi
chromium ||
    echo "left out: Chromium could not be installed, so the tests that drive the explorer are skipped"

neo4j=tests/neo4j_server/server
if ! "$neo4j" java >/dev/null 2>&1; then
    echo "a JDK 17 or 21 is not here; trying to install it (the tests run a real Neo4j server on it)"
    install openjdk-17-jdk-headless || install openjdk-21-jdk-headless
fi
if ! command -v openssl >/dev/null; then
    echo "openssl is not here; trying to install it (the tests of TLS make a certificate with it)"
    install openssl
fi
if ! "$neo4j" fetched >/dev/null; then
    if ! command -v mvn >/dev/null; then
        echo "Maven is not here; trying to install it (it brings the jars of the Neo4j server)"
        install maven
    fi
    "$neo4j" fetch
fi
{ "$neo4j" java && "$neo4j" fetched; } >/dev/null ||
    echo "left out: the Neo4j server cannot be run here, so the tests that need it are skipped"
