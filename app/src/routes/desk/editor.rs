//! Pages as they are written, and the files in them.

pub const PAGES: &str = "/redaktion/sidor/";
pub const NEW_PAGE: &str = "/redaktion/sidor/ny/";
pub const PAGE: &str = "/redaktion/sidor/{typ}/{sida}/";
pub const OPEN: &str = "/redaktion/sidor/{typ}/{sida}/andra";
pub const STILL_RIGHT: &str = "/redaktion/sidor/{typ}/{sida}/stammer";
pub const END: &str = "/redaktion/sidor/{typ}/{sida}/ta-ur-bruk";
pub const RENAME: &str = "/redaktion/sidor/{typ}/{sida}/adress";
pub const ENTRUST: &str = "/redaktion/sidor/{typ}/{sida}/ansvar";
pub const VERSIONS: &str = "/redaktion/sidor/{typ}/{sida}/versioner/";
pub const NAME_VERSION: &str = "/redaktion/sidor/{typ}/{sida}/versioner/namn";
pub const RESTORE: &str = "/redaktion/sidor/{typ}/{sida}/versioner/aterstall";
pub const FACTS: &str = "/redaktion/uppgifter/";
pub const DISCARDED: &str = "/redaktion/kastade/";
pub const TAKE_BACK: &str = "/redaktion/kastade/{utkast}/ta-fram";
pub const DRAFT: &str = "/redaktion/utkast/{utkast}/";
pub const PREVIEW: &str = "/redaktion/utkast/{utkast}/forhandsvisa/";
pub const LIVE_PREVIEW: &str = "/redaktion/utkast/{utkast}/forhandsvisa/text";
pub const PUBLISHING: &str = "/redaktion/utkast/{utkast}/publicera/";
pub const UNSCHEDULE: &str = "/redaktion/utkast/{utkast}/publicera/utan-tid";
pub const DISCARD: &str = "/redaktion/utkast/{utkast}/kasta";
pub const SHARE: &str = "/redaktion/utkast/{utkast}/lank";
pub const UNSHARE: &str = "/redaktion/utkast/{utkast}/lank/avsluta";
/// A draft shown to whoever has the link.
pub const SHARED: &str = "/utkast/{nyckel}/";
pub const SUBMIT: &str = "/redaktion/utkast/{utkast}/granskning";
pub const SEND_BACK: &str = "/redaktion/utkast/{utkast}/tillbaka";
pub const COMMENT: &str = "/redaktion/utkast/{utkast}/kommentar";
pub const FILES: &str = "/redaktion/filer/";
pub const DESCRIBE_FILE: &str = "/redaktion/filer/{fil}/text";
pub const REMOVE_FILE: &str = "/redaktion/filer/{fil}/ta-bort";

filled! {
    page(typ, sida) = PAGE;
    open(typ, sida) = OPEN;
    still_right(typ, sida) = STILL_RIGHT;
    end(typ, sida) = END;
    rename(typ, sida) = RENAME;
    entrust(typ, sida) = ENTRUST;
    versions(typ, sida) = VERSIONS;
    name_version(typ, sida) = NAME_VERSION;
    restore(typ, sida) = RESTORE;
    take_back(utkast) = TAKE_BACK;
    draft(utkast) = DRAFT;
    preview(utkast) = PREVIEW;
    live_preview(utkast) = LIVE_PREVIEW;
    publishing(utkast) = PUBLISHING;
    unschedule(utkast) = UNSCHEDULE;
    discard(utkast) = DISCARD;
    share(utkast) = SHARE;
    unshare(utkast) = UNSHARE;
    shared(nyckel) = SHARED;
    submit(utkast) = SUBMIT;
    send_back(utkast) = SEND_BACK;
    comment(utkast) = COMMENT;
    describe_file(fil) = DESCRIBE_FILE;
    remove_file(fil) = REMOVE_FILE;
}
