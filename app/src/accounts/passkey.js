// Makes or uses a passkey: fetches what the browser needs, asks the person, and sends the form with the answer.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const button = form.querySelector("button");
  const status = form.querySelector("[role=status]");
  const makes = form.dataset.passkey === "create";

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const reasons = {
    NotAllowedError: "Det avbröts, eller tog för lång tid. Försök igen när du är redo.",
    InvalidStateError: "Den här enheten har redan en nyckel till kontot. Logga in med den, eller använd en annan enhet.",
    NotSupportedError: "Enheten kan inte skapa en sådan nyckel. Använd en annan enhet eller en säkerhetsnyckel.",
    SecurityError: "Webbläsaren godtar inte adressen. Öppna sidan på webbplatsens egen adress.",
  };

  const ask = async () => {
    const response = await fetch(form.dataset.challenge, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(new FormData(form)),
    });
    if (response.status === 429) throw new Error("Det blev för många försök. Vänta en kvart och försök igen.");
    // What is wrong with the form is told by the page that comes back when it is sent as it is.
    if (response.status === 422) return null;
    if (!response.ok) throw new Error("Sidan har blivit för gammal. Ladda om den och försök igen.");
    return response.json();
  };

  const options = (key) => {
    key.challenge = bytes(key.challenge);
    if (key.user) key.user.id = bytes(key.user.id);
    for (const known of [...(key.excludeCredentials ?? []), ...(key.allowCredentials ?? [])]) known.id = bytes(known.id);
    return { publicKey: key };
  };

  const told = (credential) => {
    const { response } = credential;
    const answer = { clientDataJSON: text(response.clientDataJSON) };
    if (makes) {
      answer.attestationObject = text(response.attestationObject);
      answer.transports = response.getTransports?.() ?? [];
    } else {
      answer.authenticatorData = text(response.authenticatorData);
      answer.signature = text(response.signature);
      answer.userHandle = response.userHandle ? text(response.userHandle) : null;
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: answer,
      extensions: credential.getClientExtensionResults(),
    });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    status.textContent = "Följ anvisningarna från din enhet.";
    try {
      const challenge = await ask();
      if (challenge) {
        const wanted = options(challenge.options.publicKey);
        const credential = await (makes ? navigator.credentials.create(wanted) : navigator.credentials.get(wanted));
        form.elements.ceremoni.value = challenge.id;
        form.elements.svar.value = told(credential);
      }
      form.submit();
    } catch (error) {
      status.textContent = reasons[error.name] ?? (error.name === "Error" ? error.message : "Det gick inte. Försök igen.");
      button.disabled = false;
      button.focus();
    }
  });

  if (!window.PublicKeyCredential) {
    status.textContent = "Den här webbläsaren kan inte använda nycklar. Uppdatera den, eller använd en annan.";
    return;
  }
  // Only now can the button do what it says.
  status.textContent = "";
  button.disabled = false;
})();
