// Prints what a Stryker report says of one file: the counts, and each change that no test noticed.
const report = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
const mutants = Object.values(report.files).flatMap((file) => file.mutants);
const of = (...states) => mutants.filter((m) => states.includes(m.status));
const killed = of("Killed", "Timeout").length;
const missed = of("Survived", "NoCoverage");
const all = killed + missed.length;
console.log(all === 0 ? "no mutants" : `${((100 * killed) / all).toFixed(0)} % (${killed} of ${all})`);
for (const m of missed) {
  const { start } = m.location;
  console.log(`  line ${start.line}, ${m.mutatorName}${m.status === "NoCoverage" ? ", not run" : ""}: ${m.replacement.replace(/\s+/g, " ").slice(0, 110)}`);
}
