// Prints the software bill of materials of the built packdial, in CycloneDX 1.5: what `npm sbom` knows of the lock file, with the
// Node and the fonts that a release brings as well. One source gives one text: nothing in it is the time, a number drawn by lot,
// the name of a folder or of a host.
//
//   npm sbom --sbom-format cyclonedx --omit dev --package-lock-only | node setup/bill-of-materials.mjs
import { existsSync, readFileSync } from 'node:fs';

const own = JSON.parse(readFileSync('package.json', 'utf8'));

/** What a release has beside npm packages. */
const beside = [
  {
    'bom-ref': `node@${process.versions.node}`,
    type: 'platform',
    name: 'node',
    version: process.versions.node,
    purl: `pkg:generic/node@${process.versions.node}`,
    licenses: [{ license: { id: 'MIT' } }],
  },
  {
    'bom-ref': 'barlow-semi-condensed',
    type: 'data',
    name: 'Barlow Semi Condensed',
    licenses: [{ license: { id: 'OFL-1.1' } }],
  },
];

/** A package's entry without its place on this disk and without addresses, which may be those of a mirror. */
function entry({ properties, externalReferences, ...rest }) {
  return rest;
}

const placeOf = ({ properties = [] }) =>
  properties.find(({ name }) => name === 'cdx:npm:package:path')?.value ?? '';

/**
 * The bill that npm wrote, reduced to what a release has: of the packages for one system each only those installed here.
 *
 * @param bill parsed output of `npm sbom` @param isInstalled whether a folder below the checkout is there
 */
function reduced(bill, isInstalled) {
  const packages = bill.components.filter((one) => one.scope !== 'optional' || isInstalled(placeOf(one)));
  // A package that is installed in two places is listed once.
  const once = new Map([...packages.map(entry), ...beside].map((one) => [one['bom-ref'], one]));
  const components = [...once.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
  const root = bill.metadata.component['bom-ref'];
  const known = new Set([root, ...components.map((one) => one['bom-ref'])]);
  const dependencies = [...new Map(bill.dependencies.map((one) => [one.ref, one])).values()]
    .filter(({ ref }) => known.has(ref))
    .map(({ ref, dependsOn }) => ({
      ref,
      dependsOn: [
        ...dependsOn.filter((on) => known.has(on)),
        ...(ref === root ? beside.map((one) => one['bom-ref']) : []),
      ].sort(),
    }))
    .sort((a, b) => (a.ref < b.ref ? -1 : 1));
  return {
    $schema: bill.$schema,
    bomFormat: bill.bomFormat,
    specVersion: bill.specVersion,
    version: 1,
    metadata: {
      component: {
        ...entry(bill.metadata.component),
        type: 'application',
        name: own.name,
        version: own.version,
      },
    },
    components,
    dependencies,
  };
}

const bill = JSON.parse(readFileSync(0, 'utf8'));
if (bill.bomFormat !== 'CycloneDX') throw new Error('that is no bill of npm sbom --sbom-format cyclonedx');
process.stdout.write(`${JSON.stringify(reduced(bill, existsSync), null, 2)}\n`);
