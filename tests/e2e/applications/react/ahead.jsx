// The application as markup, for pages that are rendered ahead.
import { renderToString } from "react-dom/server";
import { Paper } from "./Paper.jsx";

console.log(renderToString(<Paper />));
