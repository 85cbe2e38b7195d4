//! The portal's own secret, and what is made with it: sealed text in the database, and tokens that need not be kept to
//! be written into a letter again.

use crate::clock;
use crate::db::private_folder;
use anyhow::{Context, Result, anyhow, bail};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Thirty-two bytes, from which one key is derived for each purpose.
pub struct Keys {
    sealing: LessSafeKey,
    tokens: hmac::Key,
}

impl Keys {
    /// Reads the secret, or makes it where there is none yet. Only the owner may read the file. Several machines on one
    /// database need the same.
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            private_folder(folder)?;
        }
        let made = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        if let Ok(mut file) = made {
            let secret = format!("{}{}\n", clock::new_id(), clock::new_id());
            file.write_all(secret.as_bytes())
                .and_then(|()| file.sync_all())
                .context("the new key cannot be written")?;
        }
        let text = fs::read_to_string(path).with_context(|| format!("the key {} cannot be read", path.display()))?;
        let secret = text.trim();
        if secret.len() != 64 || !secret.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            bail!("the key {} is not 64 hexadecimal digits; restore it from your backup", path.display());
        }
        Self::from_secret(secret.as_bytes())
    }

    pub fn from_secret(secret: &[u8]) -> Result<Self> {
        let root = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let sealing = UnboundKey::new(&CHACHA20_POLY1305, hmac::sign(&root, b"seal").as_ref())
            .map_err(|_| anyhow!("the key does not fit its cipher"))?;
        let tokens = hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&root, b"tokens").as_ref());
        Ok(Self { sealing: LessSafeKey::new(sealing), tokens })
    }

    /// A secret of 160 bits for one thing, the same each time it is asked for: `turn` moves when it has to be another.
    pub fn token(&self, purpose: &str, id: &str, turn: i64) -> String {
        let made = hmac::sign(&self.tokens, format!("{purpose}/{id}/{turn}").as_bytes());
        base32(&made.as_ref()[..20])
    }

    /// ChaCha20-Poly1305 (RFC 8439) under a new nonce, which stands first. `about` is whose it is: what was sealed for
    /// one opens for no other.
    pub fn seal(&self, about: &str, text: &str) -> Result<Vec<u8>> {
        let id = clock::new_id();
        let mut nonce = [0; NONCE_LEN];
        nonce.copy_from_slice(&unhex(&id)?[..NONCE_LEN]);
        let mut sealed = text.as_bytes().to_vec();
        self.sealing
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(about), &mut sealed)
            .map_err(|_| anyhow!("it could not be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub fn unseal(&self, about: &str, sealed: &[u8]) -> Result<String> {
        const WRONG: &str = "what was sealed cannot be opened: is the key another than when it was sealed?";
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN).context(WRONG)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| anyhow!(WRONG))?;
        let mut text = text.to_vec();
        let text = self.sealing.open_in_place(nonce, Aad::from(about), &mut text).map_err(|_| anyhow!(WRONG))?;
        Ok(String::from_utf8(text.to_vec())?)
    }
}

/// Without letters that are taken for others (Crockford's), in lower case.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut text = String::with_capacity(bytes.len() * 8 / 5);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        (held, bits) = (held << 8 | u32::from(*byte), bits + 8);
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits) as usize & 31]));
        }
    }
    text
}

fn unhex(text: &str) -> Result<Vec<u8>> {
    let pairs = text.as_bytes().chunks_exact(2);
    pairs.map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::from_secret(&[b'a'; 64]).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_whom_it_was_sealed_and_only_whole() {
        let sealed = keys().seal("anmalan/1", "laktosfritt").unwrap();
        assert_eq!(keys().unseal("anmalan/1", &sealed).unwrap(), "laktosfritt");
        assert!(!sealed.windows(11).any(|part| part == b"laktosfritt"));
        assert!(keys().unseal("anmalan/2", &sealed).is_err());
        let mut broken = sealed.clone();
        broken[NONCE_LEN] ^= 1;
        assert!(keys().unseal("anmalan/1", &broken).is_err() && keys().unseal("anmalan/1", &sealed[..5]).is_err());
        assert_ne!(sealed, keys().seal("anmalan/1", "laktosfritt").unwrap());
        assert!(Keys::from_secret(&[b'b'; 64]).unwrap().unseal("anmalan/1", &sealed).is_err());
    }

    #[test]
    fn a_token_is_the_same_until_its_turn_moves() {
        let token = keys().token("anmalan", "1", 0);
        assert_eq!((token.len(), &token), (32, &keys().token("anmalan", "1", 0)));
        for other in [keys().token("anmalan", "1", 1), keys().token("anmalan", "2", 0), keys().token("grupp", "1", 0)] {
            assert_ne!(token, other);
        }
    }

    #[test]
    fn the_key_is_made_once_and_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/key");
        let sealed = Keys::open(&path).unwrap().seal("x", "text").unwrap();
        assert_eq!(Keys::open(&path).unwrap().unseal("x", &sealed).unwrap(), "text");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::write(&path, "kort").unwrap();
        assert!(Keys::open(&path).is_err());
    }
}
