import { mount } from "svelte";
import Paper from "./Paper.svelte";

mount(Paper, { target: document.querySelector("#app") });
