// HEAD is GET without a body: the page shows each call once.
const onePerCall = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (update) => (spec) => {
          for (const path of Object.values(spec.paths ?? {})) delete path.head;
          const used = new Set(Object.values(spec.paths ?? {}).flatMap((p) => Object.values(p).flatMap((call) => call.tags ?? [])));
          return update({ ...spec, tags: (spec.tags ?? []).filter((tag) => used.has(tag.name)) });
        },
      },
    },
  },
});

SwaggerUIBundle({
  url: "api/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  plugins: [onePerCall],
  validatorUrl: null,
});
