namespace InfluenceFunctions.OpenApi;

/// <summary>The schema of an export, which is written straight from what is stored and so has no record.</summary>
internal static class ExportSchema
{
    public const string Text = """
        {
          "type": "object",
          "description": "Everything that is kept about an account. Fields without a value are null here.",
          "required": ["account", "standing", "policy", "totals", "ties", "facts", "history", "shares", "remembered", "operatorCalls"],
          "properties": {
            "account": { "type": "string", "description": "The account." },
            "name": { "type": ["string", "null"], "description": "How it is shown." },
            "standing": { "type": "string", "enum": ["member", "bot", "excluded"], "description": "Whether it counts as a person." },
            "policy": { "type": "integer", "description": "The policy's version." },
            "totals": { "type": "object", "description": "The sums that the score is made of." },
            "ties": { "type": "array", "items": { "type": "object" }, "description": "Who engaged it; a keyed hash for no name." },
            "facts": { "type": "array", "items": { "type": "object" }, "description": "The facts of the ledger, oldest first." },
            "takenBackRemembered": { "type": "integer", "description": "How many facts that were taken back are remembered." },
            "history": { "type": "array", "items": { "type": "object" }, "description": "The days of the history." },
            "shares": { "type": "object", "description": "Where its influence comes from: by type, topic and community." },
            "style": { "type": ["string", "null"], "description": "How it took part itself." },
            "engagesBack": { "type": ["integer", "null"], "description": "How many of its top people it engaged." },
            "audience": { "type": "object", "description": "How many people have which score of their own." },
            "profile": { "type": "object", "description": "The profile that it is linked in." },
            "ownActivity": { "type": "array", "items": { "type": "object" }, "description": "What it did in the last 28 days." },
            "engagedLately": { "type": "integer", "description": "How many accounts it engaged in these days." },
            "remembered": { "type": "array", "items": { "type": "object" }, "description": "Facts that are kept whole." },
            "operatorCalls": { "type": "array", "items": { "type": "object" }, "description": "What operators did with it." }
          }
        }
        """;
}
