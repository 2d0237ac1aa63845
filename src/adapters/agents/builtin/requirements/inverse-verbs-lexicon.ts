import { keyOf } from "../analysis/deeds.ts";

/** `later < earlier | earlier`: who does the later thing to something did the earlier one to it first. */
const PAIRS = `refund < charge | pay | collect; take back < hand out | lend | check out; bring back < pick up | borrow | hand out;
  return < borrow | lend | hand out | check out; give back < borrow | lend; cancel < book | reserve | order | schedule | request | place | subscribe;
  approve < request | submit | propose; accept < request | submit | propose | invite; decline < request | submit | invite; deny < request | submit;
  reject < request | submit | propose; publish < draft | write; unpublish < publish; restore < archive | delete | back up; unarchive < archive;
  unfollow < follow; unsubscribe < subscribe; resume < pause | suspend; reactivate < deactivate; unblock < block; unlock < lock;
  unassign < assign; revoke < grant | issue | invite; redeem < issue | generate; reopen < close; decrypt < encrypt;
  leave < join; detach < attach; unlink < link; reschedule < schedule | book`;

/** By the key of the later deed, the keys of those it can follow on. */
export const INVERSES: ReadonlyMap<string, readonly string[]> = new Map(
  PAIRS.split(";").map((pair): [string, readonly string[]] => {
    const [later = "", earlier = ""] = pair.split("<");
    return [keyOf(later.trim()), earlier.split("|").map((verb) => keyOf(verb.trim()))];
  }),
);
