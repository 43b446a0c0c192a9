import type { CastSite } from '../cast.ts'
import type { DrawingName } from './drawings.ts'

export type Product = {
  slug: string
  name: string
  line: string
  euros: number
  drawing: DrawingName
  kind: string
  story: string
  facts: readonly (readonly [string, string])[]
  /** What people tend to ask about it: words on the button that opens the chat window. */
  ask: string
}

export type Order = { number: string; what: string; steps: readonly (readonly [string, string])[]; reached: number }

export type Shop = {
  id: CastSite['id']
  name: string
  tagline: string
  headline: string
  lead: string
  callToAction: string
  hero: DrawingName
  products: readonly Product[]
  promises: readonly (readonly [string, string])[]
  questions: readonly (readonly [string, string])[]
  orders: readonly Order[]
  other: { id: CastSite['id']; name: string; invitation: string }
}

export const shops: Readonly<Record<CastSite['id'], Shop>> = {
  shop: {
    id: 'shop',
    name: 'Fjord & Field',
    tagline: 'Outdoor things, made to be mended',
    headline: 'Go out. Come back. Go again.',
    lead: 'Boots, tents and small comforts for long weekends on foot, chosen by people who carry them themselves and mended by us for as long as you use them.',
    callToAction: 'See what we carry',
    hero: 'fjord',
    products: [
      {
        slug: 'skarn-boots',
        name: 'Skarn boots',
        line: 'Waxed leather, resoled for life',
        euros: 219,
        drawing: 'boots',
        kind: 'Boots',
        story:
          'A middle-weight boot for wet paths and rough descents. The upper is one piece of waxed leather, so there is one seam to keep dry, and the sole is stitched: when it is worn we put on another.',
        facts: [
          ['Sizes', '36 to 48, half sizes to 46'],
          ['Weight', '1,280 g the pair, size 42'],
          ['Lining', 'Wool and beech fibre'],
          ['Breaking in', 'About three day walks'],
        ],
        ask: 'Will these fit a wide foot?',
      },
      {
        slug: 'lavvo-two',
        name: 'Lavvo Two',
        line: 'A tent for two and a wet dog',
        euros: 389,
        drawing: 'tent',
        kind: 'Tents',
        story:
          'Four poles, one sheet, six minutes. Lavvo Two stands in wind that turns umbrellas, and its porch is long enough to cook in while it rains for the third day.',
        facts: [
          ['Sleeps', 'Two, with room for packs'],
          ['Weight', '2.4 kg with all pegs'],
          ['Water column', '4,000 mm, floor 8,000 mm'],
          ['Pitched in', 'Six minutes by one person'],
        ],
        ask: 'How does it stand in a storm?',
      },
      {
        slug: 'ryggen-38',
        name: 'Ryggen 38',
        line: 'A pack that opens everywhere',
        euros: 149,
        drawing: 'pack',
        kind: 'Packs',
        story:
          'Thirty-eight litres, three ways in. The frame comes out to be a sitting mat, and every buckle can be bought for the price of a coffee.',
        facts: [
          ['Volume', '38 litres, lid 4'],
          ['Weight', '1,150 g'],
          ['Back', 'Three lengths, set in a minute'],
          ['Cloth', 'Recycled, waxed by hand'],
        ],
        ask: 'Which back length do I need?',
      },
      {
        slug: 'gnist-stove',
        name: 'Gnist stove',
        line: 'Boils a litre in a gale',
        euros: 74,
        drawing: 'stove',
        kind: 'Cooking',
        story:
          'A burner that fits in a cup, with a wind collar that stays cool at the rim. Burns gas, and with the small jet alcohol too.',
        facts: [
          ['Boils a litre', '3 min 40 s'],
          ['Weight', '185 g with collar'],
          ['Fuel', 'Gas cartridge or alcohol'],
          ['Spare parts', 'All, for twenty years'],
        ],
        ask: 'Does it work below freezing?',
      },
      {
        slug: 'dis-shell',
        name: 'Dis shell',
        line: 'Rain stays out, steam does not stay in',
        euros: 265,
        drawing: 'jacket',
        kind: 'Clothing',
        story:
          'A three-layer jacket without a membrane that ages. The hood turns with your head, and the pockets sit above the hip belt.',
        facts: [
          ['Sizes', 'XS to XXL, two lengths'],
          ['Weight', '410 g, size M'],
          ['Care', 'Wash at 30, wax twice a year'],
          ['Repairs', 'Free for ten years'],
        ],
        ask: 'Which size over a thick jumper?',
      },
      {
        slug: 'lykt-lantern',
        name: 'Lykt lantern',
        line: 'Warm light for thirty nights',
        euros: 48,
        drawing: 'lantern',
        kind: 'Camp',
        story:
          'A lantern that hangs, stands and clips, with a light that does not frighten moths. One charge lasts a long holiday.',
        facts: [
          ['Light', '5 to 220 lumens, 2,200 K'],
          ['Lasts', 'Thirty evenings'],
          ['Weight', '160 g'],
          ['Water', 'Survives a swim'],
        ],
        ask: 'Can it charge a phone?',
      },
    ],
    promises: [
      ['Mended, not replaced', 'Send back what broke. Most things leave our bench within a week.'],
      ['Sixty days to change your mind', 'Worn outside once or twice is fine: that is what it is for.'],
      ['People who were there', 'Ask anything. Whoever knows best answers, mostly within minutes.'],
    ],
    questions: [
      [
        'How do I find my size?',
        'Measure the longer foot in the evening, standing, and add a finger’s width. Between two sizes take the larger one and a thicker sock. If you are unsure, ask: we fit boots every morning.',
      ],
      [
        'What does delivery cost?',
        'Nothing above 80 euros, 4.90 below. Parcels leave every weekday at three in the afternoon.',
      ],
      [
        'How do returns work?',
        'Put it back into its box within sixty days. The label lies in the parcel, and a second one is one question away.',
      ],
      [
        'Do you mend things bought elsewhere?',
        'If we can, yes. Send a picture of the damage in the chat, and we tell you what it would cost.',
      ],
    ],
    orders: [
      {
        number: 'FF-1042',
        what: 'Lavvo Two, four spare pegs',
        steps: [
          ['Ordered', 'Tuesday, 10:12'],
          ['Packed', 'Tuesday, 14:40'],
          ['On the ferry', 'Wednesday, 06:30'],
          ['At your door', 'expected Friday'],
        ],
        reached: 3,
      },
      {
        number: 'FF-1057',
        what: 'Skarn boots, size 42',
        steps: [
          ['Ordered', 'Thursday, 19:03'],
          ['Packed', 'waiting for size 42 from the bench'],
          ['On the ferry', 'not yet'],
          ['At your door', 'expected next week'],
        ],
        reached: 1,
      },
    ],
    other: {
      id: 'garden',
      name: 'Fjord & Garden',
      invitation: 'Staying home this weekend? Our garden shop is next door.',
    },
  },
  garden: {
    id: 'garden',
    name: 'Fjord & Garden',
    tagline: 'For short summers and patient people',
    headline: 'Things grow here too.',
    lead: 'Seeds that ripen in a short summer, tools with handles that can be changed, and advice from people with dirt under their nails.',
    callToAction: 'See what grows',
    hero: 'garden',
    products: [
      {
        slug: 'dugg-can',
        name: 'Dugg watering can',
        line: 'Nine litres, one hand',
        euros: 52,
        drawing: 'can',
        kind: 'Tools',
        story:
          'Balanced so that it does not tip when it is half full. The rose unscrews and can be cleaned with a pin.',
        facts: [
          ['Holds', 'Nine litres'],
          ['Made of', 'Zinc-coated steel'],
          ['Weight', '1.6 kg empty'],
          ['Rose', 'Brass, fine and coarse'],
        ],
        ask: 'Is it too heavy for raised beds?',
      },
      {
        slug: 'spire-seeds',
        name: 'Spire seed box',
        line: 'Twelve sorts for the short summer',
        euros: 29,
        drawing: 'seeds',
        kind: 'Seeds',
        story:
          'Kale, peas, beetroot, mangold and eight more that ripen between the last frost and the first. Saved by growers above the sixtieth parallel.',
        facts: [
          ['Sorts', 'Twelve, all open-pollinated'],
          ['Sow', 'March to June'],
          ['Bed', 'Enough for 20 m²'],
          ['Keeps', 'Three years, cool and dry'],
        ],
        ask: 'What can I sow in November?',
      },
      {
        slug: 'rot-trowel',
        name: 'Rot trowel',
        line: 'Ash handle, steel that stays',
        euros: 24,
        drawing: 'trowel',
        kind: 'Tools',
        story:
          'Forged from one piece, with a depth scale that does not wear off. The handle is ash and costs five euros when you lose an argument with a root.',
        facts: [
          ['Blade', '16 cm, depth marks'],
          ['Handle', 'Ash, oiled'],
          ['Weight', '240 g'],
          ['Warranty', 'Twenty years'],
        ],
        ask: 'Does it come left-handed?',
      },
      {
        slug: 'lind-pot',
        name: 'Lind pot',
        line: 'Clay that survives the frost',
        euros: 34,
        drawing: 'pot',
        kind: 'Pots',
        story:
          'Fired hotter and longer than usual, so that it holds no water which could freeze. Sits on three feet that are part of the pot.',
        facts: [
          ['Sizes', '18, 24 and 32 cm'],
          ['Frost', 'Down to -25 °C'],
          ['Made in', 'Small kilns, by hand'],
          ['Drain', 'One, with a shard'],
        ],
        ask: 'Which size for a young olive tree?',
      },
    ],
    promises: [
      ['Seeds that come up', 'If fewer than eight in ten germinate, the next box is free.'],
      ['Handles for ever', 'Every tool has a handle that you can change yourself.'],
      ['Gardeners answer', 'Send a picture of the leaf. Someone will know it.'],
    ],
    questions: [
      [
        'When does what go out?',
        'After the last frost of your place, not of ours. Tell us where you garden, and we tell you the week.',
      ],
      [
        'Can I order with things from Fjord & Field?',
        'Yes: one house, one parcel. A question that you began there goes on here.',
      ],
      ['What if a plant falls ill?', 'Send a picture in the chat, best with the underside of a leaf.'],
    ],
    orders: [
      {
        number: 'FG-2210',
        what: 'Spire seed box, two Lind pots',
        steps: [
          ['Ordered', 'Monday, 08:20'],
          ['Packed', 'Monday, 15:00'],
          ['On its way', 'since Tuesday'],
          ['At your door', 'expected tomorrow'],
        ],
        reached: 3,
      },
    ],
    other: { id: 'shop', name: 'Fjord & Field', invitation: 'Out for a walk instead? Boots and tents are next door.' },
  },
}
