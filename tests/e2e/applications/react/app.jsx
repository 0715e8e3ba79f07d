import { createRoot, hydrateRoot } from "react-dom/client";
import { Paper } from "./Paper.jsx";

const place = document.querySelector("#app");
// Hydrate server-rendered markup.
if (place.hasChildNodes()) hydrateRoot(place, <Paper />);
else createRoot(place).render(<Paper />);
