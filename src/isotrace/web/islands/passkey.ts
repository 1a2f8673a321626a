// Says in words that a passkey was not accepted; the library's own script only writes to the console.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.getElementById("passkey-trouble");
  if (trouble) trouble.hidden = false;
});

export {};
