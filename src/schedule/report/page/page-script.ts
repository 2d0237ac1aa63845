/**
 * What arrow keys do in pictures, and the line under each that tells of what is focused. Without it every fact is still on the page:
 * tooltips, and the tables below the pictures. Its digest stands in the page's policy; a test holds the two together.
 */
export const PAGE_SCRIPT = `for(const figure of document.querySelectorAll(".picture")){
const marks=[...figure.querySelectorAll(".mark")],told=figure.querySelector("output");let now=marks[0];
const focus=(mark)=>{now.tabIndex=-1;now=mark;mark.tabIndex=0;mark.focus()};
const way={ArrowRight:[1,0],ArrowLeft:[-1,0],ArrowDown:[0,1],ArrowUp:[0,-1]};
const next=([dx,dy])=>{const at=now.getBoundingClientRect();let best=now,least=Infinity;
for(const mark of marks){const box=mark.getBoundingClientRect(),x=box.left-at.left,y=box.top-at.top,
ahead=x*dx+y*dy,cost=ahead+Math.abs(dx?30*y:x/2);if(mark!==now&&ahead>1&&cost<least){least=cost;best=mark}}return best};
for(const mark of marks){mark.tabIndex=-1;
mark.addEventListener("focus",()=>{now.tabIndex=-1;now=mark;mark.tabIndex=0;told.textContent=mark.querySelector("title").textContent});
mark.addEventListener("click",()=>focus(mark))}
if(now)now.tabIndex=0;
figure.addEventListener("keydown",(event)=>{if(!event.target.classList.contains("mark")||event.altKey||event.ctrlKey||event.metaKey)return;
const to=event.key==="Home"?marks[0]:event.key==="End"?marks.at(-1):way[event.key]&&next(way[event.key]);
if(to){event.preventDefault();focus(to)}})}
addEventListener("beforeprint",()=>{for(const part of document.querySelectorAll("details"))part.open=true});`;

/** SHA-256 of the script, in Base64. */
export const PAGE_SCRIPT_DIGEST = "FW37eB+k6EebhiRD/m+mbNIfhMw4b4csEQNQu6iYpR4=";
