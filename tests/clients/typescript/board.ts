// Reads a board and the card of its first, by types that are generated from the API's description.
import createClient from "openapi-fetch";
import type { paths } from "./generated/api.js";

declare const process: { argv: string[] };

const client = createClient<paths>({ baseUrl: process.argv[2]! });

const board = await client.GET("/api/v1/leaderboards/{board}", { params: { path: { board: "global" }, query: { top: 3 } } });
if (board.error) throw new Error(`${board.error.code}: ${board.error.detail}`);
for (const row of board.data.rows) console.log(`${row.rank} ${row.id} ${row.score.toFixed(2)}`);

const card = await client.GET("/api/v1/profiles/{id}", { params: { path: { id: board.data.rows[0]!.id } } });
if (card.error) throw new Error(`${card.error.code}: ${card.error.detail}`);
console.log(`${card.data.id} rests on ${card.data.coverage.people} people`);
