export { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
