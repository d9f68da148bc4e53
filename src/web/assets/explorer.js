// GraphiQL over our own endpoint: queries and mutations as JSON, subscriptions as an event stream.
(() => {
  const start = `# 善时 Goodhours: the API of the bank.
# Who asks is told by a token: open "Headers" below and write {"authorization": "Bearer …"}.
# Without one you are the public.

query Campaigns {
  campaigns(first: 5) {
    edges {
      node {
        slug
        name
        day
        totals {
          activities
          volunteers
          serviceMinutes
        }
      }
    }
  }
}
`;

  // Only a subscription comes as a stream, whatever else is taken before it.
  const accept = "application/graphql-response+json, application/json;q=0.9, text/event-stream;q=0.8";

  async function* results(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += value;
        const events = text.split("\n\n");
        text = events.pop();
        for (const event of events) {
          if (event.startsWith("event: complete")) return;
          const data = /^data: (.*)$/m.exec(event);
          if (data) yield JSON.parse(data[1]);
        }
      }
    } finally {
      // A listener that stops ends the subscription.
      await reader.cancel();
    }
  }

  async function fetcher(operation, { headers = {} } = {}) {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers, accept },
      body: JSON.stringify(operation),
    });
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
    return isStream ? results(response) : response.json();
  }

  const asked = new URLSearchParams(location.search);
  const { createElement } = window.React;
  const explorer = createElement(window.GraphiQL, {
    fetcher,
    defaultQuery: start,
    query: asked.get("query") ?? undefined,
    variables: asked.get("variables") ?? undefined,
    // A token is not written to the disk.
    shouldPersistHeaders: false,
  });
  window.ReactDOM.createRoot(document.getElementById("explorer")).render(explorer);
})();
