# Reads texts (a JSON list on stdin) as the installed pip does, each as the file of PIP_CONFIG_FILE: per text its keys and values,
# or the kind of error that every pip command would end with.
import json
import os
import sys
import tempfile

from pip._internal.configuration import Configuration, kinds

answers = []
with tempfile.TemporaryDirectory() as folder:
    file = os.path.join(folder, "pip.conf")
    os.environ["PIP_CONFIG_FILE"] = file
    for text in json.load(sys.stdin):
        with open(file, "wb") as out:
            out.write(text.encode("utf-8"))
        configuration = Configuration(isolated=True)
        try:
            configuration.load()
            answers.append({"values": dict(configuration.get_values_in_config(kinds.ENV))})
        except Exception as error:
            answers.append({"error": type(getattr(error, "error", None) or error).__name__})
json.dump(answers, sys.stdout)
