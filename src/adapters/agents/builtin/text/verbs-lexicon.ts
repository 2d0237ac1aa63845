/**
 * What a verb does to data, in the terms of COSMIC's data movements (ISO/IEC 19761): `create`, `update`, `delete` write,
 * `read` shows, `check` refuses or lets pass, `notify` sends to somebody, `record` keeps evidence, `run` executes work,
 * `access` opens or closes a session, `offer` says only that something exists.
 */
export type VerbKind =
  | "create"
  | "read"
  | "update"
  | "delete"
  | "check"
  | "notify"
  | "record"
  | "run"
  | "access"
  | "offer";

const WORDS: Readonly<Record<VerbKind, string>> = {
  create: `create add register reserve book order subscribe enroll enrol issue generate invite schedule submit upload import define publish post write build produce
    install provision seed clone duplicate request propose open set specify configure choose establish initialise initialize
    créer inscrire ajouter publier saisir générer anlegen erstellen hinzufügen crear registrar añadir agregar`,
  read: `view see list show display search filter browse read inspect export download preview report present render expose sort
    retrieve fetch scan summarize summarise compare track monitor print surface find look query visualise visualize describe
    consulter afficher voir rechercher lister exposer renvoyer anzeigen suchen ver mostrar listar buscar consultar`,
  update: `update edit modify change rename release lend borrow return charge unfollow unblock unsubscribe reopen reactivate reschedule move assign unassign pause resume reorder mark accept approve deny decline join leave
    redeem link unlink reset transfer promote archive restore merge follow adjust replace save store maintain sync
    synchronize synchronise reconcile convert upgrade migrate withdraw deposit pay refund complete toggle attach detach hash encrypt persist
    select customize customise vote rate comment reply normalise normalize preserve retain keep
    modifier changer mettre réinitialiser hasher ändern bearbeiten editar modificar actualizar cambiar`,
  delete: `delete remove cancel revoke expire invalidate purge clean clear discard drop uninstall erase close withdraw deactivate
    supprimer effacer invalider annuler löschen entfernen eliminar borrar cancelar`,
  check: `validate verify reject prevent enforce check limit restrict require refuse block ensure detect avoid deny throttle
    protect isolate confirm authorize authorise guard sanitize sanitise disallow ignore tolerate exclude handle fall
    refuser exiger valider vérifier empêcher appliquer prüfen ablehnen validar verificar rechazar impedir`,
  notify: `send notify email alert remind warn inform message announce prompt
    envoyer notifier prévenir senden benachrichtigen enviar notificar avisar`,
  record: `log record audit journal trace journaliser enregistrer protokollieren aufzeichnen`,
  run: `execute run process iterate orchestrate spawn invoke call trigger start stop retry launch delegate sequence compute calculate
    count determine use resolve parse interpret load aggregate recalculate abort poll act deploy apply perform analyze analyse split
    exécuter lancer calculer traiter ausführen berechnen ejecutar calcular procesar`,
  access: `login authenticate logout log-in sign-in connect disconnect
    authentifier connecter déconnecter anmelden abmelden autenticar`,
  offer: `support provide offer include allow enable permit contain remain have work represent be exist follow
    treat depend integrate respect behave meet satisfy belong`,
};

const KINDS: ReadonlyMap<string, VerbKind> = new Map(
  Object.entries(WORDS).flatMap(([kind, words]) =>
    words
      .trim()
      .split(/\s+/)
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries widens the keys it was given
      .map((word): [string, VerbKind] => [word, kind as VerbKind]),
  ),
);

/** The verb's base form and kind, from its base or third-person form; undefined when it is no verb known here. */
export function verbOf(
  word: string,
): { readonly verb: string; readonly kind: VerbKind } | undefined {
  const lower = word.toLowerCase();
  const forms = [
    lower,
    lower.replace(/ies$/, "y"),
    lower.replace(/(?<=s|x|z|ch|sh)es$/, ""),
    lower.replace(/s$/, ""),
  ];
  for (const verb of forms) {
    const kind = KINDS.get(verb);
    if (kind !== undefined) return { verb, kind };
  }
  return undefined;
}

/** Verbs that are as often nouns: in the middle of a sentence they count only before a determiner. */
export const NOUN_LIKE_VERBS: ReadonlySet<string> = new Set(
  `request schedule record log list view report note display link filter search import export start stop process support use access
  handle test check update reset change set email message alert rate vote comment reply post publish follow save store limit count
  order book charge scan sort split return trace audit warn prompt open close work act contact present issue merge call move trigger name cancel result
  transfer deposit pay remain sync follow clone copy track sequence define find look expire write read produce`
    .trim()
    .split(/\s+/),
);
