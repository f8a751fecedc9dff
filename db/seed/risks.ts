/** Risks and open issues that sources name around the whole set. */
export interface SeedRisk {
  title: string;
  description: string;
  category: string;
  source: string;
}

export const SEED_RISKS: readonly SeedRisk[] = [
  {
    title: 'Stability of Afghanistan',
    description:
      'The railway and the transit routes cross Afghanistan; without a stable and secure country there the corridor cannot be built or used.',
    category: 'Security',
    source: 'Seed article',
  },
  {
    title: 'Armed conflict between Pakistan and Afghanistan',
    description:
      'Fighting on the border turned into what the Pakistani defence minister called open war on 27 February 2026, about three weeks after the signing, with strikes that included Kandahar on the planned rail route.',
    category: 'Security',
    source: 'Nightingale International 2026',
  },
  {
    title: 'Closed Pakistan-Afghanistan crossings',
    description:
      'Key crossings have been shut to trade and transit since October 2025; in early February 2026 several rounds of talks had not reopened them.',
    category: 'Security',
    source: 'Arab News PK 2026-01-28; Seda-e-Darya 2026-02-05; Dawat Media Feb 2026',
  },
  {
    title: 'Corridor governance',
    description:
      'The states along the corridor need shared rules and a way to enforce them; technical standards in particular have to be unified.',
    category: 'Governance',
    source: 'Seed article',
  },
  {
    title: 'Customs digitalisation',
    description:
      'Customs work along the route still has to be digitalised and brought onto a common basis so that cargo can pass without delay.',
    category: 'Customs & Border',
    source: 'Seed article',
  },
  {
    title: 'Border protocols',
    description: 'Procedures at the crossings need to be aligned across all participating states.',
    category: 'Customs & Border',
    source: 'Seed article',
  },
  {
    title: 'Non-tariff barriers',
    description: 'Barriers other than duties still hinder seamless trade and need action by both governments.',
    category: 'Trade policy',
    source: 'Seed article',
  },
  {
    title: 'Banking channels',
    description:
      'Restricted banking links hamper payments between firms; National Bank of Pakistan also announced in 2025 that it would close its Almaty operation.',
    category: 'Finance',
    source: 'Seed article; Raised by Numbers 2025; Sum Up Pakistan 2025',
  },
  {
    title: 'Visa regimes',
    description:
      'Complex visa rules deter business travel; inclusion of Pakistan in the Kazakh e-visa scheme is only under consideration.',
    category: 'Mobility',
    source: 'Seed article; APP 2026-02-04',
  },
  {
    title: 'No direct flights',
    description:
      'Reports speak of resuming direct flights, so the Almaty-Lahore service begun in 2023 is evidently no longer flown; no date for a new one is given.',
    category: 'Mobility',
    source: 'Seed article; Astana Times Feb 2026; ARY News 2023-07-08',
  },
  {
    title: 'Weak people-to-people ties',
    description:
      'Low contact between the two societies is described as a historic weakness that the education and sports projects must offset.',
    category: 'People-to-people',
    source: 'Seed article',
  },
  {
    title: 'Reforms needed for the trade target',
    description: 'Reaching USD 1bn in two years calls for basic practical reforms, not only signed papers.',
    category: 'Trade policy',
    source: 'Seed article',
  },
  {
    title: 'Falling Pakistani exports',
    description:
      'Pakistani exports to Kazakhstan fell by 47 percent in FY2024-25 and by a further 17 percent in July-October 2025, against the direction of the target.',
    category: 'Trade policy',
    source: 'Profit Pakistan Today 2025; Profit Pakistan Today 2025-12-09',
  },
  {
    title: 'Conflicting trade statistics',
    description:
      'Turnover is put at USD 105.6m (Kazakh ministry, 2025), 239m (ambassador, September 2025), 250m (Prime Minister) and 300m (ambassador, January 2026); progress cannot be judged until one series is agreed.',
    category: 'Data & monitoring',
    source: 'Trend 2026-02-04; Dawn 2025-09-09; Arab News PK 2026-02-04; HD Flash News 2026-01-27',
  },
  {
    title: 'No published list of the 37 instruments',
    description:
      'No official list with titles was found and published counts range from 8 to 37, so ownership of each paper is unclear.',
    category: 'Data & monitoring',
    source: 'Dunya 2026-02-05; WeNews English 2026-02-04; Caliber.az Feb 2026; HTN Urdu Feb 2026',
  },
  {
    title: 'Non-binding papers',
    description:
      'Most are memoranda: the Prime Minister asked that they be turned into agreements, and in March 2026 the two sides still planned to meet to firm up MoUs and agreements.',
    category: 'Legal',
    source: 'Arab News PK 2026-02-04; Diplomacy Pakistan Mar 2026; Ulysmedia Feb 2026',
  },
  {
    title: 'Slow entry into force of treaties',
    description:
      'Treaties need ratification on both sides; the legal assistance treaty signed in 1995 entered into force only in February 2001.',
    category: 'Legal',
    source: 'adilet.zan.kz (law on the 1995 treaty)',
  },
  {
    title: 'Financing of the railway',
    description:
      'The offer of full Kazakh funding rests on statements by the ambassador; the cost is preliminary and Kazakhstan was also preparing a memorandum with the United Arab Emirates for the project.',
    category: 'Finance',
    source: 'Arab News PK 2026-01-28; CACI Analyst 2026-02-19; LSM.kz 2026',
  },
  {
    title: 'Break of gauge and technical standards',
    description:
      'The line starts at a 1520 mm railhead and meets a 1435 mm line near Herat; interoperability is named among the matters still to be settled.',
    category: 'Infrastructure',
    source: 'News.az 2025-07-14; Hour24 2026-01-23',
  },
  {
    title: 'Competing corridors',
    description:
      'Routes through Uzbekistan and Kabul, through China by the Karakoram Highway and through Iran are promoted at the same time and compete for cargo, money and attention.',
    category: 'Infrastructure',
    source: 'IAIS Uzbekistan Feb 2026; Newswire PK 2024-02-03; APP 2025-09-16',
  },
  {
    title: 'Weak transport infrastructure and logistics',
    description:
      "Kazakhstan's trade minister named infrastructure and transport routes as the main obstacles to trade; officials in Pakistan cite logistics gaps and market access.",
    category: 'Infrastructure',
    source: 'AnewZ Sept 2025; Profit Pakistan Today 2025-12-09',
  },
  {
    title: 'Limited range of goods',
    description: 'Trade rests on few products, which makes a fourfold rise hard without new goods and buyers.',
    category: 'Trade policy',
    source: 'Profit Pakistan Today 2025-12-09',
  },
  {
    title: 'Smuggling',
    description:
      'The Kazakh ambassador asked for joint measures against smuggling, which undercuts legal trade and customs trust.',
    category: 'Customs & Border',
    source: 'Daily CPEC Apr 2025',
  },
  {
    title: 'Recognition of medical degrees',
    description:
      'Pakistani graduates of Kazakh medical and engineering schools have met problems with registration at home.',
    category: 'Education',
    source: 'Business Recorder 2022-08-31',
  },
  {
    title: 'External shocks',
    description:
      'The war between Russia and Ukraine and other regional turbulence disrupt supply chains and can redirect priorities.',
    category: 'Geopolitics',
    source: 'Seed article',
  },
];
