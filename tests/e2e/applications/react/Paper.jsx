// The briefing as a plain element in React: objects become properties, strings become attributes,
// and props that begin with `on` become event listeners.
import { useState } from "react";
import frontPage from "../front-page.json";

export function Paper() {
  const [lead, setLead] = useState(0);
  const [others, setOthers] = useState(frontPage.others);
  const [shown, setShown] = useState(true);
  const [log, setLog] = useState([]);
  const take = ({ type, target }) => setLog((log) => [...log, `${type} ${target.id}`]);
  return (
    <>
      <button id="change" onClick={() => setLead(1 - lead)}>Another lead</button>
      <button id="reverse" onClick={() => setOthers([...others].reverse())}>The other way round</button>
      <button id="toggle" onClick={() => setShown(!shown)}>Show or hide</button>
      {shown && (
        <news-briefing
          id="lead"
          loading="eager"
          article={frontPage.leads[lead]}
          onbriefing-load={take}
          onbriefing-key-point={take}
        />
      )}
      {others.map(({ id, src }) => (
        <news-briefing key={id} id={id} src={src} loading="eager" onbriefing-load={take} onplay={take}>
          <p>The page’s own words.</p>
        </news-briefing>
      ))}
      <ol id="log">{log.map((entry, index) => <li key={index}>{entry}</li>)}</ol>
    </>
  );
}
