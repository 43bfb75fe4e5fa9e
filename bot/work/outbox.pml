/*
 * Claim, send, pause, try again and takeover: what outbox.py, one_attempt.py, alone.py, bot/rules/send.py and
 * bot/rules/doubt.py do, small enough to be tried in every order there is. tests/bot/work/test_outbox_model.py runs spin
 * on it, and holds the names of its commands, events, states and steps against the code.
 *
 * Two replicas, two people, one draft. A replica may stand still anywhere for as long as it likes: nobody makes it go
 * on. It may die anywhere; its lease may end while it lives. Answers may be lost. Time is counted in ticks.
 *
 * Shapes of the platform: FINDABLE (by default), -DIDEMPOTENT, -DBLIND. What makes it worse: -DLATE (it does what it was
 * asked after everybody looked), -DSTOPPED (a stop between our last look at the clock and the first byte on the wire,
 * of a whole machine: a process that is stopped there ends).
 * What is switched off: -DNO_VERSIONS, -DNO_STALE, -DNO_SETTLE, -DNO_ROUND, -DNO_INTENT, -DNO_LOOK.
 */

#define STALE 1                 /* so old may an attempt be when it is made (BEGINS_WITHIN) */
#define WIRE 1                  /* so long may it be on the wire (SOCKET_DEADLINE) */
#ifdef NO_SETTLE
#define SETTLE 0
#else
#define SETTLE 3                /* from then on what it did must show: more than STALE + WIRE after the intent */
#endif

/* How large it is; the test tries several sizes. */
#ifndef KEYS
#define KEYS 2                  /* presses on Send */
#endif
#ifndef ROUNDS
#define ROUNDS 2                /* tries under one key */
#endif
#ifndef OWNERS
#define OWNERS 2                /* claims */
#endif
#ifndef PEOPLE
#define PEOPLE 2
#endif
#define NOBODY 0

mtype:state = { ASKED, INTENDED, UNKNOWN, POSTED, NOT_SENT };
mtype:message = { PENDING, DONE, LOST };

/* the record: one conversation, its owner, its newest attempt; every append names the version it was decided on */
byte owner, owners;
mtype:state state;
byte key, round;
byte since_intent;
byte sender;                    /* the highest epoch an intent came with */
bool moved[2];                  /* the record went on since that person last read it */

/* the lease of the outbox */
byte holder, given;
byte lapses = 1;                /* so often it ends while its holder lives */
byte crashes = 1;
bool doomed[3];

/* in public, and on the wire: one message of each replica */
byte posts;
bool stands[KEYS + 1];
mtype:message message[3];
byte of_key[3], on_wire[3];
byte since_began[3];

/* The store refuses an append whose record went on since it was read, and it is decided again. So to read, to decide
 * and to append are one step here, but for Claim and Send, which are taken apart to show that they may be. */
#ifdef NO_VERSIONS
#define stood(who) true
#else
#define stood(who) (!moved[who])
#endif

#ifdef BLIND
#define shown(k) false
#define absent(k) false
#else
#define shown(k) stands[k]
#define absent(k) (!stands[k])
#endif

/* What the store writes in one step for a command, once its decision stood. */
#define act(command, event) moved[0] = true; moved[1] = true

proctype Teammate(byte me) {
    byte seen_key, seen_round;
    bool there, open_again;

    do
    /* Claim: nobody has it */
    :: d_step { owner == NOBODY && owners < OWNERS -> moved[me] = false }
       if
       :: d_step { stood(me) -> assert(owner == NOBODY); owner = me + 1; owners++; act(Claim, Claimed) }
       :: !stood(me)
       fi

    /* HandBack, so that another may have it */
    :: d_step { owner == me + 1 && owners < OWNERS -> owner = NOBODY; act(HandBack, HandedBack) }

    /* Send: nobody pressed before, or it came to a definite no */
    :: d_step { owner == me + 1 && key < KEYS && (state == 0 || state == NOT_SENT) -> moved[me] = false }
       if
       :: d_step { stood(me) -> key++; round = 1; state = ASKED; act(Send, SendAsked) }
       :: !stood(me)
       fi

    /* A doubtful one: the desk looks for it, or they look with their own eyes; then they press on what they saw */
    :: d_step { state == UNKNOWN -> seen_key = key; seen_round = round; there = stands[key]; open_again = absent(key) }
       if
       :: d_step { open_again && round < ROUNDS && since_intent >= SETTLE && state == UNKNOWN && key == seen_key && round == seen_round ->
                   round++; state = ASKED; act(TryAgain, SendAsked) }
       :: d_step { there && state == UNKNOWN && key == seen_key -> state = POSTED; act(SettleAttempt, Delivered) }
       :: d_step { !there && since_intent >= SETTLE && state == UNKNOWN && key == seen_key ->
                   state = NOT_SENT; act(SettleAttempt, Delivered) }
       :: true                  /* or they leave it for now */
       fi;
       d_step { seen_key = 0; seen_round = 0; there = false; open_again = false }
    od
}

/* The command Deliver: what a replica can tell of the attempt it took. `told` is POSTED, NOT_SENT or UNKNOWN. */
#ifdef NO_ROUND
#define that_try (key == my_key)
#else
#define that_try (key == my_key && (round == my_round || told == POSTED))
#endif
#define deliver \
    if \
    :: d_step { that_try && (state == INTENDED || (state == UNKNOWN && told == POSTED)) -> \
                state = told; act(Deliver, Delivered) } \
    :: else \
    fi

/* Bytes on the wire. Two of one replica at once are beyond this model; only -DLATE and -DSTOPPED could bring them about. */
#define bytes message[me] = PENDING; of_key[me] = my_key; on_wire[me] = 0

#define forgets my_key = 0; my_round = 0; told = 0; found = false; since_began[me] = STALE + 1

proctype Outbox(byte me) {
    byte epoch, my_key, my_round;
    mtype:state told;
    bool found;
    { epoch = 0;
stand_by:
        if
        :: d_step { holder == NOBODY -> given++; epoch = given; holder = me }
        :: d_step { holder != NOBODY && holder != me && lapses > 0 -> lapses--; given++; epoch = given; holder = me }
        fi;
turn:   atomic { forgets }
        do
        :: holder != me -> goto stand_by

        /* settle_all: an attempt that was begun and not ended is looked for, once it must show */
        :: d_step { state == INTENDED && since_intent >= SETTLE -> my_key = key; my_round = round }
#ifdef NO_LOOK
           told = NOT_SENT;
#else
           d_step { if :: shown(my_key) -> told = POSTED :: else -> told = UNKNOWN fi }
#endif
           goto record

        /* _take */
        :: d_step { state == ASKED -> my_key = key; my_round = round }
find:      d_step { found = (my_round > 1 && shown(my_key)) }
go_on:     d_step { since_began[me] = 0;
#ifdef NO_INTENT
                    bytes
#endif
           }
           if
           :: d_step { state == ASKED && key == my_key && round == my_round && sender <= epoch ->
                       state = INTENDED; since_intent = 0; sender = epoch; act(Clear, Intended) }
           :: else -> goto turn /* somebody was faster, or sends in its place */
           fi;
#ifdef NO_INTENT
           goto answered;
#endif
look:      if
           :: state == INTENDED && key == my_key && round == my_round
           :: else -> goto turn
           fi;
held_up:   if
           :: found -> told = POSTED; goto record
#ifdef NO_STALE
#define fresh true
#else
#define fresh (since_began[me] <= STALE)
           :: since_began[me] > STALE -> told = NOT_SENT; goto record
#endif
#ifdef STOPPED
           :: !found && fresh
           fi;
send:      d_step { bytes }
#else
           :: d_step { !found && fresh -> bytes }       /* send, in the very step that looked at the clock */
           fi;
#endif
answered:  if
           :: d_step { message[me] == DONE -> told = POSTED }
           :: d_step { message[me] == PENDING -> message[me] = LOST; told = NOT_SENT }   /* a listed, definite no */
           :: true -> goto turn /* the answer is lost: it stays intended, and is looked for */
           fi;
record:    deliver;
           goto turn
        od
    } unless { doomed[me] };
    d_step { doomed[me] = false; if :: holder == me -> holder = NOBODY :: else fi; since_began[me] = STALE + 1 }
    run Outbox(me)
}

active proctype Death() {
    do
    :: d_step { crashes > 0 -> crashes--; doomed[1] = true }
    :: d_step { crashes > 0 -> crashes--; doomed[2] = true }
    :: crashes == 0 -> break
    od
}

#ifdef IDEMPOTENT
#define taken(who) if :: stands[of_key[who]] :: else -> posts++ fi
#else
#define taken(who) posts++
#endif
#define done(who) taken(who); stands[of_key[who]] = true; message[who] = DONE; of_key[who] = 0; on_wire[who] = 0

active proctype Platform() {
    do
    :: d_step { message[1] == PENDING -> done(1) }
    :: d_step { message[2] == PENDING -> done(2) }
    :: d_step { message[1] == PENDING -> message[1] = LOST; of_key[1] = 0; on_wire[1] = 0 }
    :: d_step { message[2] == PENDING -> message[2] = LOST; of_key[2] = 0; on_wire[2] = 0 }
    od
}

#ifdef LATE
#define in_time(who) true
#else
#define in_time(who) (message[who] != PENDING || on_wire[who] < WIRE)
#endif
#define older(age, most) if :: age < most -> age++ :: else fi
#define on_its_way(who) if :: message[who] == PENDING && on_wire[who] < WIRE -> on_wire[who]++ :: else fi

active proctype Clock() {
    do
    :: d_step { in_time(1) && in_time(2) ->
                older(since_intent, SETTLE); older(since_began[1], STALE + 1); older(since_began[2], STALE + 1);
                on_its_way(1); on_its_way(2) }
    od
}

init {
    d_step { since_began[1] = STALE + 1; since_began[2] = STALE + 1 }
    atomic { run Outbox(1); run Outbox(2); run Teammate(0);
             if :: PEOPLE > 1 -> run Teammate(1) :: else fi }
}

/* What is promised. */
ltl at_most_once { [] (posts <= 1) }
ltl the_record_is_true { [] (posts <= 1 && (state == NOT_SENT -> posts == 0) && (state == POSTED -> posts > 0)) }
ltl each_doubt_ends { [] ((state == INTENDED) -> <> (state != INTENDED)) }
