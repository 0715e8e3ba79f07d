// Renders the application to markup, as a server does.
import { renderToString } from "react-dom/server";
import { Paper } from "./Paper.jsx";

console.log(renderToString(<Paper />));
