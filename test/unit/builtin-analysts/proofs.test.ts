/** Which scenarios and criteria prove which requirement: hand-made links of two small specifications of our own. */
import { expect, test } from "vitest";
import { surroundingsOf } from "../../../src/adapters/agents/builtin/analysis/surroundings.ts";
import { isUnproven, provenBy } from "../../../src/adapters/agents/builtin/analysis/proofs.ts";
import { rootsOf } from "../../../src/adapters/agents/builtin/text/roots.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { planned } from "../builtin-preparation/chain.ts";
import { analyse } from "./holds.ts";

const FRENCH = `# Spécification : Compte de la médiathèque

## User Scenarios & Testing

### User Story 1 - Inscription d'un lecteur (Priority: P1)

Un visiteur crée un compte, reçoit un email et confirme son adresse.

**Acceptance Scenarios**:

1. **Given** un visiteur sur la page d'inscription, **When** il saisit un email, une date de naissance ≥ 14 ans et un mot de passe ≥ 10 caractères, **Then** un compte est créé et un email de confirmation est envoyé.
2. **Given** un email déjà utilisé, **When** la requête est traitée, **Then** la réponse est identique au cas nominal et ne révèle pas l'existence du compte.
3. **Given** un lecteur d'écran, **When** il parcourt le formulaire au clavier, **Then** chaque erreur est annoncée via \`aria-live\`.

### User Story 2 - Connexion (Priority: P1)

Un lecteur se connecte et se déconnecte.

**Acceptance Scenarios**:

1. **Given** un compte confirmé, **When** le lecteur soumet la page de connexion, **Then** une session est créée et un cookie \`HttpOnly\` est posé.
2. **Given** un lecteur connecté, **When** il demande la déconnexion, **Then** la session est supprimée côté serveur et le cookie est effacé.

## Requirements

- **FR-001**: Le système DOIT exiger un mot de passe d'au moins 10 caractères.
- **FR-002**: Le système DOIT refuser l'inscription de quiconque déclare une date de naissance < 14 ans.
- **FR-003**: Le système DOIT répondre de manière indistinguable pour un compte existant ou inexistant (anti-énumération).
- **FR-004**: Tous les formulaires DOIVENT être utilisables au clavier seul et annoncer les erreurs via \`aria-live\`.
- **FR-005**: Les lecteurs DOIVENT pouvoir se déconnecter, ce qui supprime la session côté serveur et le cookie.
- **FR-006**: Toute connexion et tout échec DOIT être journalisé dans une table d'audit sans mot de passe en clair.
- **FR-007**: Le système DOIT imprimer les étiquettes des documents sur l'imprimante du guichet.

## Success Criteria

- **SC-001**: La table d'audit contient une entrée pour \`login_success\` et \`login_failed\`.
- **SC-002**: Aucun mot de passe en clair n'apparaît dans les logs.
`;

const ENGLISH = `# Feature Specification: Pocket money wishes

## User Scenarios & Testing

### User Story 1 - Wish for money (Priority: P1)

A child submits a wish with an amount.

**Acceptance Scenarios**:

1. **Given** a child with 10 euros, **When** they submit a wish for 5 euros, **Then** the wish is pending
2. **Given** a child with 10 euros, **When** they submit a wish for 25 euros, **Then** it is rejected with a message on insufficient funds

### User Story 2 - Decide on a wish (Priority: P1)

A parent approves or denies a wish.

**Acceptance Scenarios**:

1. **Given** a pending wish, **When** the parent approves it, **Then** the amount leaves the child's balance and a booking is recorded
2. **Given** a pending wish above the child's available balance, **When** the parent tries to approve it, **Then** the parent sees a warning that the balance is no longer sufficient
3. **Given** a pending wish, **When** the parent denies it, **Then** the child sees the reason

## Requirements

- **FR-001**: Children MUST be able to submit a wish with an amount
- **FR-002**: The system MUST prevent approval of a wish if the child's available balance has fallen below its amount since submission
- **FR-003**: When a parent approves a wish, the system MUST take the amount from the child's balance and record a booking
- **FR-004**: The system MUST allow only one pending wish per child at a time
- **FR-005**: Labels MUST be translatable into Danish and Frisian

## Success Criteria

- **SC-001**: Children submit a wish in under 30 seconds
- **SC-002**: Parents decide on a wish in under 15 seconds
`;

const linksOf = (text: string) => {
  const around = surroundingsOf(parseSpec("spec.md", text));
  return Object.fromEntries(
    around.demands.map((demand) => [
      demand.id,
      isUnproven(demand, around) ? "none" : provenBy(demand, around).toSorted().join(" "),
    ]),
  );
};

test("a French specification that mixes in English words", () => {
  expect(linksOf(FRENCH)).toEqual({
    "FR-001": "US1/AC1",
    "FR-002": "US1/AC1",
    "FR-003": "US1/AC2",
    "FR-004": "US1/AC3",
    "FR-005": "US2/AC2",
    "FR-006": "SC-001 SC-002",
    "FR-007": "none",
  });
});

test("an English one: a refusal proves a bound, and what merely shares everyday words proves nothing", () => {
  expect(linksOf(ENGLISH)).toEqual({
    "FR-001": "SC-001 US1/AC1 US1/AC2",
    "FR-002": "US2/AC2",
    "FR-003": "US2/AC1",
    "FR-004": "none",
    "FR-005": "none",
  });
});

test("the risk names only those that nothing speaks of", () => {
  const { risk } = analyse(ENGLISH);
  const found = risk.risks.find(({ category }) => category === "untestable requirements");
  expect(found?.description).toContain("speaks of FR-004, FR-005;");
});

test("work stands in the phase of the story it is about, and criteria are measured where what they speak of is there", () => {
  const plan = planned(ENGLISH)["plan.md"] ?? "";
  const parts = plan.split(/^## (?=Phase )/m).slice(1);
  const phase = (words: string) => parts.find((part) => part.includes(words))?.split("\n")[0];
  expect(phase("(FR-001)")).toMatch(/US1/);
  expect(phase("(FR-002)")).toMatch(/US2/);
  expect(phase("(FR-003)")).toMatch(/US2/);
  expect(phase("(FR-004)")).toMatch(/US1/);
  expect(phase("- [ ] SC-001")).toMatch(/US1/);
  expect(phase("- [ ] SC-002")).toMatch(/US2/);
});

test.each([
  ["submission", "submit"],
  ["connexion", "se connecter"],
  ["déconnexion", "logout"],
  ["vérification", "verified"],
  ["approval", "approve"],
  ["envoyer", "envoyé"],
  ["denial", "denied"],
  ["mots de passe", "password"],
  ["log in", "login"],
])("%s and %s are one root", (one, other) =>
  expect([...rootsOf(one)]).toEqual([...rootsOf(other)]),
);

test.each([
  ["connexion", "déconnexion"],
  ["12 characters", "500 characters"],
  ["at 18:00", "at 09:00"],
])("%s and %s are not", (one, other) => expect([...rootsOf(one)]).not.toEqual([...rootsOf(other)]));
