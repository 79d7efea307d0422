import { words } from './rule.ts';

/** Words in a tool's name that say that it does harm. A name is what somebody called the tool: no proof, but no accident either. */
export const ILL_WORDS: ReadonlySet<string> = new Set(
  words(
    'ransomware malware keylogger spyware backdoor rootkit trojan botnet exploit phishing phish spoof spoofing espionage spy theft steal exfiltrate exfiltration leak leakage tamper tampering sabotage fraud fraudulent fake forge forged forgery falsify falsified bribe bribery blackmail extort hijack hijacking poisoning poison defacement deface manipulation manipulate corrupt corruption fabrication fabricate destruction destructive covert covertly stealth sniffing sniff eavesdrop harvest harvesting jailbreak bypass disrupt disruption malicious illegal unauthorized impersonate impersonation overload crack brute ddos attack breach injection neglect launder laundering counterfeit plagiarize plagiarism subvert wiretap',
  ),
);
/** Words that turn such a name round: a tool against it, or one that finds it. */
export const GUARDING_WORDS: ReadonlySet<string> = new Set(
  words(
    'anti protection protect prevention prevent detection detect detector scanner scan awareness check checker verification verify report reporting monitor monitoring analysis analyzer analyze filter guard shield response defense training simulated list get search block remove lookup',
  ),
);
