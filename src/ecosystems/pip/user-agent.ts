/**
 * As pip words it, with our token at the end: https://github.com/pypa/pip/blob/main/src/pip/_internal/network/session.py . It tells about Python and the
 * system; which ones is nobody's business, and filters look at the beginning.
 */
export function userAgent(toolVersion: string | null): string {
  const version = /^[\w.+-]{1,40}$/.exec(toolVersion ?? "")?.[0] ?? "25.3";
  const about = {
    ci: null,
    cpu: "x86_64",
    distro: { id: "bookworm", libc: { lib: "glibc", version: "2.36" }, name: "Debian GNU/Linux", version: "12" },
    implementation: { name: "CPython", version: "3.11.2" },
    installer: { name: "pip", version },
    openssl_version: "OpenSSL 3.0.17 1 Jul 2025",
    python: "3.11.2",
    setuptools_version: "66.1.1",
    system: { name: "Linux", release: "6.1.0" },
  };
  return `pip/${version} ${JSON.stringify(about)} mirror-setup`;
}
