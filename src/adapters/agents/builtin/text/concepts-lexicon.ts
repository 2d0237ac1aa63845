/**
 * Words of one meaning that specs use side by side, in English and French; each line is one meaning. Read by their roots, so
 * that one form of a word stands for all. Not a thesaurus: only pairs seen between requirements and the scenarios that prove them.
 */
const MEANINGS = `
login signin connect connexion credentials identifiants
logout signout déconnexion déconnecter
register registration signup inscription inscrire
reset réinitialiser réinitialisation
password passwords motdepasse
email mail emails courriel
fail failed failure échec échoué échouer
hash hasher haché hachage hashed
block locked bloquer blocage
log logs logged journaliser journal journalisé
reject rejected refuse refuser rejeter
exist existing existence existant inexistant
identical indistinguishable identique indistinguable révéler reveal disclose énumération enumeration
exceed insufficient sufficient insuffisant below
account accounts compte
user users utilisateur
change changed modifier modifié changement
create created créer créé création
delete deleted supprimer suppression
disable disabled désactiver désactivé
link lien
form formulaire
error erreur
event événement
keyboard clavier
screen écran
birth naissance
required mandatory obligatoire
see view visible display show shown displayed voir afficher
past previous earlier
decline deny denial denied
member members membre
event évènement
search rechercher recherche
`;

/** Each meaning as its words. */
export const CONCEPTS: readonly (readonly string[])[] = MEANINGS.trim()
  .split("\n")
  .map((line) => line.split(" "));
