// Holds every object of KEDA in the YAML files named against KEDA's types: prints how many there are, or what is wrong, and then ends with 1.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import * as keda from "@kubernetes-models/keda/keda.sh/v1alpha1";

const objects = process.argv
  .slice(2)
  .flatMap((file) => parseAllDocuments(readFileSync(file, "utf8")))
  .map((document) => document.toJS())
  .filter((object) => object?.apiVersion?.startsWith("keda.sh/"));
for (const object of objects) {
  try {
    new keda[object.kind](object).validate();
  } catch (error) {
    console.log(`${object.kind} ${object.metadata?.name}: ${error.message}`);
    process.exitCode = 1;
  }
}
if (!process.exitCode) console.log(`${objects.length} objects`);
