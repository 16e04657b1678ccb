/** What is said of pip and its family, in English. */
export const pipMessages = {
  "pip-command-index": "{file} sets {key}={value}: for that command it wins over the general setting",
  "pip-extra-index":
    "extra-index-url ({urls}) stays as it is. pip has no order among indexes: of a name that several have it takes the highest version, whoever offers it. We never add a mirror there",
  "pip-no-environment":
    "no virtual environment is active (VIRTUAL_ENV), so there is no file of a project; activate one, or leave --scope out",
  "pip-no-index": "{source} switches every index off (no-index): pip asks no mirror for anything",
  "pip-no-place": "pip has no place for its {scope} settings here: no home is known",
  "pip-socks":
    "{key} names a SOCKS proxy: pip uses it only where PySocks is installed, and fails otherwise (Missing dependencies for SOCKS support). An http proxy in https_proxy goes before it",
  "uv-index-bound":
    "{file}, line {line}: the default index is your own, and {key} has uv send it credentials; a mirror in its place would get them. Make it an index of its own (without default = true) first",
  "uv-lock-elsewhere":
    "{file} names the index {registry}: under another one uv resolves anew and rewrites it, and uv sync --locked fails",
  "uv-no-place":
    "uv has no file for the scope {scope} here: no home is known, or no folder upwards has a uv.toml or pyproject.toml",
  "uv-old-index":
    "{file}, line {line}: {key} ({value}) does not count beside a default index, in whichever file that is. To keep it, write it there as an [[index]] with default = true",
  "uv-old-variable":
    "UV_INDEX_URL ({value}) counts for uv pip alone: uv sync, add, lock, run and tool take the default index. Unset it, or set UV_DEFAULT_INDEX",
} as const;
