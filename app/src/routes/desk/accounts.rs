//! Signing in, one's own account, those of others, the letters that nobody could deliver, and the log.

pub const SIGN_IN: &str = "/logga-in/";
pub const SIGN_IN_CHALLENGE: &str = "/logga-in/utmaning";
pub const SIGN_OUT: &str = "/logga-ut";
pub const SIGNED_OUT: &str = "/utloggad/";
pub const WITH_PROVIDER: &str = "/logga-in/med/{leverantor}";
pub const FROM_PROVIDER: &str = "/logga-in/fran/{leverantor}";
pub const INVITATION: &str = "/inbjudan/";
pub const INVITATION_CHALLENGE: &str = "/inbjudan/utmaning";
pub const HOME: &str = "/redaktion/";
pub const OWN_ACCOUNT: &str = "/redaktion/mitt-konto/";
pub const KEYS: &str = "/redaktion/mitt-konto/nycklar";
pub const KEY_CHALLENGE: &str = "/redaktion/mitt-konto/nycklar/utmaning";
pub const REMOVE_KEY: &str = "/redaktion/mitt-konto/nycklar/ta-bort";
pub const END_SESSION: &str = "/redaktion/mitt-konto/inloggningar/avsluta";
pub const ACCOUNTS: &str = "/redaktion/konton/";
pub const CHANGE_ACCOUNT: &str = "/redaktion/konton/{konto}/roll";
pub const INVITE_AGAIN: &str = "/redaktion/konton/{konto}/inbjudan";
pub const END_ACCOUNT: &str = "/redaktion/konton/{konto}/avsluta";
pub const DEAD_LETTERS: &str = "/redaktion/utskick/";
pub const RETRY_LETTERS: &str = "/redaktion/utskick/igen";
pub const RETRY_LETTER: &str = "/redaktion/utskick/{mejl}/igen";
pub const LOG: &str = "/redaktion/logg/";

filled! {
    with_provider(leverantor) = WITH_PROVIDER;
    /// Where a provider sends people back to.
    from_provider(leverantor) = FROM_PROVIDER;
    change_account(konto) = CHANGE_ACCOUNT;
    invite_again(konto) = INVITE_AGAIN;
    end_account(konto) = END_ACCOUNT;
    retry_letter(mejl) = RETRY_LETTER;
}
