/**
 * As the daemon words it, with our token at the end: https://github.com/moby/moby/blob/master/daemon/pkg/registry/auth.go and
 * https://github.com/moby/moby/blob/master/dockerversion/useragent.go . Which kernel it runs on is nobody's business, and filters look at the beginning.
 */
export function userAgent(toolVersion: string | null): string {
  const version = /^[\w.+~-]{1,40}$/.exec(toolVersion ?? "")?.[0] ?? "28.5.2";
  const about = "go/go1.24.9 git-commit/89c5e8f kernel/6.1.0 os/linux arch/amd64";
  return `docker/${version} ${about} UpstreamClient(Docker-Client/${version} \\(linux\\)) mirror-setup`;
}
