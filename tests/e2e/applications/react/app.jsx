import { createRoot, hydrateRoot } from "react-dom/client";
import { Paper } from "./Paper.jsx";

const place = document.querySelector("#app");
// What was rendered ahead is taken over.
if (place.hasChildNodes()) hydrateRoot(place, <Paper />);
else createRoot(place).render(<Paper />);
