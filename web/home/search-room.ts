import { Router } from 'express';
import type { Room } from '../room.ts';

const TICKET_NO = /^GD\d{13}$/i;

/** The top search: a whole ticket number opens the ticket, anything else lists tickets (their page searches and checks access). */
export const searchRoom: Room = {
  path: '/search',
  router: () => {
    const router = Router();
    router.get('/', (req, res) => {
      const words = String(req.query['q'] ?? '').trim();
      if (TICKET_NO.test(words)) res.redirect(303, `/tickets/${words.toUpperCase()}`);
      else res.redirect(303, `/tickets?words=${encodeURIComponent(words)}`);
    });
    return router;
  },
};
